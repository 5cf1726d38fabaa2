import { chmod, writeFile } from 'node:fs/promises'

/** A cluster that a command has started. */
interface RunningCluster {
  server: string
  /** YAML text. */
  kubeconfig: string
  close(): Promise<void>
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM']

/** What a shell says of a process that a signal ended. */
const INTERRUPTED = 130

export interface ClusterCommand {
  /** What is told to stop, in the words of the command. */
  what: string
  /** Where its kubeconfig shall be; '' for nowhere. */
  path: string
  start: () => Promise<RunningCluster>
}

async function run({ what, path, start }: ClusterCommand): Promise<void> {
  // Before all is there a signal ends the process by its front door, so that what it started ends with it.
  const early = () => process.exit(INTERRUPTED)
  for (const signal of SIGNALS) process.once(signal, early)
  const { server, kubeconfig, close } = await start()
  if (path !== '') {
    await writeFile(path, kubeconfig, { mode: 0o600 })
    // The mode of writeFile only counts for files that it creates.
    await chmod(path, 0o600)
  }
  // Listened for before the line is printed: who reads it may say at once that it is enough.
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of SIGNALS) process.off(signal, early).once(signal, () => resolve(signal))
  })
  process.stdout.write(`${JSON.stringify({ server, kubeconfig: path })}\n`)
  const signal = await stopped
  process.stderr.write(`${signal}: stopping ${what}\n`)
  await close()
}

/**
 * Runs a cluster until a signal ends it: writes its kubeconfig, prints one line of JSON when it is ready, and everything
 * else to standard error. What reading the command line or starting throws is told, and the process ends with 1.
 */
export async function runCluster(read: () => ClusterCommand): Promise<void> {
  try {
    await run(read())
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
