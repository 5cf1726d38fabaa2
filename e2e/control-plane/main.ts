import { readDemoFlags } from '../../demo/flags.ts'
import { runCluster } from '../../demo/run-cluster.ts'
import { startOriginalCluster } from './start-original.ts'

// `npm run control-plane`: a real control plane with Cocoon on it. The flags are those of `npm run demo:cluster`.
await runCluster(() => {
  const { kubeconfig: path, host, ...options } = readDemoFlags(process.argv.slice(2), process.env)
  if (host !== '127.0.0.1') {
    throw new Error(`--host ${JSON.stringify(host)}: the control plane listens on loopback only`)
  }
  return { what: 'the control plane', path, start: () => startOriginalCluster(options) }
})
