import { chmod, writeFile } from 'node:fs/promises'
import { readDemoFlags } from '../../demo/flags.ts'
import { startOriginalCluster } from './start-original.ts'

/**
 * `npm run control-plane -- --kubeconfig FILE`: a real control plane with Cocoon on it. The flags are those of
 * `npm run demo:cluster`; prints one line of JSON when it is ready, and everything else to standard error.
 */
async function main(): Promise<void> {
  const { kubeconfig, host, ...options } = readDemoFlags(process.argv.slice(2))
  if (host !== '127.0.0.1')
    throw new Error(`--host ${JSON.stringify(host)}: the control plane listens on loopback only`)
  // A signal before all is there ends the process by its front door, so that the programs end with it.
  const early = () => process.exit(130)
  process.once('SIGINT', early).once('SIGTERM', early)
  const cluster = await startOriginalCluster(options)
  if (kubeconfig !== '') {
    await writeFile(kubeconfig, cluster.kubeconfig, { mode: 0o600 })
    // The mode of writeFile only counts for files that it creates.
    await chmod(kubeconfig, 0o600)
  }
  const stopped = new Promise<string>((resolve) => {
    process.once('SIGINT', () => resolve('SIGINT'))
    process.once('SIGTERM', () => resolve('SIGTERM'))
  })
  process.off('SIGINT', early).off('SIGTERM', early)
  console.log(JSON.stringify({ server: cluster.controlPlane.server, kubeconfig }))
  const signal = await stopped
  console.error(`${signal}: stopping the control plane`)
  await cluster.close()
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
