import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDemoCluster } from '../demo/start.ts'

/**
 * What the browser tests look at: an embedded cluster without weather, twenty times as fast as life, and the
 * dashboard pointed at it by a kubeconfig file, as at any cluster. The tests write to it through kubectl's door.
 */
const ROOT = join(import.meta.dirname, '..')
const CACHE = join(ROOT, '.cache')
const KUBECONFIG = join(CACHE, 'e2e.kubeconfig')
const PORT = process.env.PORT ?? '3111'
const VMS = Number(process.env.E2E_VMS ?? '60')

// So that `playwright test` alone shows the sources as they are.
const built = spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.ts')], {
  cwd: ROOT,
  stdio: 'inherit',
})
if (built.status !== 0) process.exit(built.status ?? 1)

mkdirSync(CACHE, { recursive: true })
const demo = await startDemoCluster({
  port: 0,
  sets: Math.max(12, Math.round(VMS / 10)),
  vms: VMS,
  nodes: Math.max(3, Math.round(VMS / 100)),
  seed: 7,
  speed: 20,
  weather: 'off',
})
writeFileSync(KUBECONFIG, demo.kubeconfig, { mode: 0o600 })
// The tests speak to the cluster over plain HTTP, so that they need neither kubectl nor its certificates.
writeFileSync(join(CACHE, 'e2e-cluster.json'), JSON.stringify({ server: demo.server, token: demo.token }), {
  mode: 0o600,
})
const dashboard = spawn(process.execPath, [join(ROOT, 'server.ts')], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production', CLUSTER: 'kube', KUBECONFIG, PORT, LOG_LEVEL: 'warn' },
})
const end = () => dashboard.kill('SIGTERM')
process.on('SIGTERM', end)
process.on('SIGINT', end)
dashboard.on('exit', (code) => {
  void demo.close().then(() => process.exit(code ?? 1))
})
