import { readDemoFlags } from './flags.ts'
import { runCluster } from './run-cluster.ts'
import { startDemoCluster } from './start.ts'

// `npm run demo:cluster`
await runCluster(() => {
  const { kubeconfig: path, ...options } = readDemoFlags(process.argv.slice(2), process.env)
  return { what: 'the demo cluster', path, start: () => startDemoCluster(options) }
})
