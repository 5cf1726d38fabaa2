import { spawn, spawnSync } from 'node:child_process'
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { DesktopPlace } from '../demo/desktop/network.ts'
import { startDemoCluster } from '../demo/start.ts'
import type { WhereTheClusterIs } from './browser/support/cluster.ts'
import { connect } from '../demo/client/connection.ts'
import { kubeconfigText } from '../demo/kubeconfig.ts'
import { clusterFileAt, kubeconfigAt, portOf, SIGNED_IN } from './browser/support/place.ts'
import { startOriginalCluster } from './control-plane/start-original.ts'

/**
 * What the browser tests look at: an embedded cluster without weather, twenty times as fast as life, and the
 * dashboard pointed at it by a kubeconfig file, as at any cluster. The tests write to it through kubectl's door.
 * With E2E_CLUSTER=original the same fleet lives on a real control plane.
 */
const ROOT = join(import.meta.dirname, '..')
const PORT = process.env.PORT ?? String(portOf(0))
const KUBECONFIG = kubeconfigAt(PORT)
const VMS = Number(process.env.E2E_VMS ?? '60')

// So that `playwright test` alone shows the sources as they are.
const built = spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.ts')], {
  cwd: ROOT,
  stdio: 'inherit',
})
if (built.status !== 0) process.exit(built.status ?? 1)

mkdirSync(dirname(KUBECONFIG), { recursive: true })
let ending = false
const fleet = {
  port: 0,
  sets: Math.max(12, Math.round(VMS / 10)),
  vms: VMS,
  nodes: Math.max(3, Math.round(VMS / 100)),
  seed: 7,
  speed: 20,
  weather: 'off',
  // Playwright ends the whole process group, so the programs of the original are gone before they are asked to go.
  log: (text: string) => void (ending || process.stderr.write(`cluster: ${text}\n`)),
} as const

interface Cluster extends WhereTheClusterIs {
  kubeconfig: string
  desktops: DesktopPlace
  close(): Promise<void>
}

const startCluster = (): Promise<Cluster> =>
  process.env.E2E_CLUSTER === 'original' ? startOriginalCluster(fleet) : startDemoCluster(fleet)

const cluster = await startCluster()
const { server, token, certificate } = cluster
writeFileSync(KUBECONFIG, cluster.kubeconfig, { mode: 0o600 })
writeFileSync(clusterFileAt(PORT), JSON.stringify({ server, token, certificate }), {
  mode: 0o600,
})
/** The kubeconfig of the account that the manifests give to the dashboard. */
async function ownKubeconfig(): Promise<string> {
  const admin = connect({
    server,
    token,
    ...(certificate === undefined ? {} : { certificate }),
    userAgent: 'browser-tests',
  })
  const path = '/api/v1/namespaces/cocoon-dashboard/serviceaccounts/cocoon-dashboard/token'
  const request = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 7_200 },
  }
  const { status } = (await admin.send('POST', path, request)) as { status: { token: string } }
  admin.close()
  const file = `${KUBECONFIG}.own`
  const trust = certificate === undefined ? {} : { certificate }
  const context = process.env.E2E_CLUSTER === 'original' ? 'cocoon-original' : 'cocoon-demo'
  writeFileSync(file, kubeconfigText({ server, token: status.token, context, ...trust }), { mode: 0o600 })
  return file
}

const access = SIGNED_IN ? { AUTH_MODE: 'token', KUBECONFIG: await ownKubeconfig() } : { KUBECONFIG }
const dashboard = spawn(process.execPath, [join(ROOT, 'server.ts')], {
  cwd: ROOT,
  stdio: ['ignore', 'inherit', 'pipe'],
  env: {
    ...process.env,
    NODE_ENV: 'production',
    CLUSTER: 'kube',
    ...access,
    PORT,
    LOG_LEVEL: 'warn',
    CONSOLE_ALLOWED_CIDRS: cluster.desktops.cidr,
  },
})
// Who did what is written at every level: hundreds of lines among which a failure would not be found.
const trail = createWriteStream(`${KUBECONFIG}.audit.log`, { mode: 0o600 })
createInterface({ input: dashboard.stderr }).on('line', (line) => {
  const output = line.includes('"audit":true') ? trail : process.stderr
  output.write(`${line}\n`)
})
const end = () => {
  ending = true
  dashboard.kill('SIGTERM')
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
dashboard.on('exit', (code) => {
  void cluster.close().then(() => process.exit(code ?? 1))
})
