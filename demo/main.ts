import { chmod, writeFile } from 'node:fs/promises'
import { readDemoFlags } from './flags.ts'
import { startDemoCluster } from './start.ts'

/** `npm run demo:cluster`: prints one line of JSON when the cluster is ready, and everything else to stderr. */
async function main(): Promise<void> {
  const { kubeconfig, ...options } = readDemoFlags(process.argv.slice(2))
  const cluster = await startDemoCluster(options)
  if (kubeconfig !== '') {
    await writeFile(kubeconfig, cluster.kubeconfig, { mode: 0o600 })
    // The mode of writeFile only counts for files that it creates.
    await chmod(kubeconfig, 0o600)
  }
  // Who reads the line may say at once that it is enough.
  const stopped = new Promise<string>((resolve) => {
    process.once('SIGINT', () => resolve('SIGINT'))
    process.once('SIGTERM', () => resolve('SIGTERM'))
  })
  console.log(JSON.stringify({ server: cluster.server, kubeconfig }))
  const signal = await stopped
  console.error(`${signal}: stopping the demo cluster`)
  await cluster.close()
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
