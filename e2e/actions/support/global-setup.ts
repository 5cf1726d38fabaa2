import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { connect } from '../../../demo/client/connection.ts'
import { kubeconfigText } from '../../../demo/kubeconfig.ts'
import { startDemoCluster } from '../../../demo/start.ts'
import { startDashboard } from '../../../scripts/dashboard.ts'
import { startOriginalCluster } from '../../control-plane/start-original.ts'
import { dashboardTokens, usernameOf } from './accounts.ts'
import { auditFlags } from './audit-flags.ts'
import { recordWrites } from './record-writes.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a running dashboard, which acts as an account with the rights of contract 10. */
    dashboardUrl: string
    /** As whom the journal knows it. */
    dashboardUser: string
    /** The file that takes down every write of dashboards. */
    journalPath: string
    /** For a dashboard that may only look. */
    lookingKubeconfig: string
    /** For a dashboard whose people sign in, with the tokens of two of them. */
    signingKubeconfig: string
    peoplesTokens: { omar: string; vera: string }
  }
}

const FLEET = { port: 0, sets: 0, vms: 0, nodes: 3, seed: 7, speed: 25, weather: 'off' } as const

interface Cluster {
  server: string
  token: string
  kubeconfig: string
  certificate?: string
  close(): Promise<void>
}

/** One cluster and one dashboard for all files; with E2E_CLUSTER=original the cluster is a real control plane. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const original = process.env.E2E_CLUSTER === 'original'
  const folder = mkdtempSync(join(tmpdir(), 'cocoon-actions-'))
  const fileOf = (name: string) => join(folder, name)
  const journal = fileOf('journal')
  const cluster: Cluster = await (original
    ? startOriginalCluster({ ...FLEET, apiFlags: auditFlags(folder, journal) })
    : startDemoCluster(FLEET))
  const recorder = original ? undefined : await recordWrites(cluster.server, journal)
  const server = recorder?.url ?? cluster.server
  const trust = cluster.certificate === undefined ? {} : { certificate: cluster.certificate }
  const admin = connect({ server: cluster.server, ...trust, token: cluster.token, userAgent: 'setup' })
  const tokens = await dashboardTokens(admin)
  admin.close()
  const kubeconfig = (name: string, text: string) => {
    writeFileSync(fileOf(name), text, { mode: 0o600 })
    return fileOf(name)
  }
  const acting = kubeconfig('acting', kubeconfigText({ server, ...trust, token: tokens.acting }))
  const looking = kubeconfig('looking', kubeconfigText({ server, ...trust, token: tokens.looking }))
  const signing = kubeconfig('signing', kubeconfigText({ server, ...trust, token: tokens.signing }))
  const dashboard = await startDashboard({ CLUSTER: 'kube', KUBECONFIG: acting, RATE_LIMIT: '0' })
  process.env.E2E_KUBECONFIG = kubeconfig('admin', cluster.kubeconfig)
  project.provide('dashboardUrl', dashboard.url)
  project.provide('dashboardUser', usernameOf('acting'))
  project.provide('journalPath', journal)
  project.provide('lookingKubeconfig', looking)
  project.provide('signingKubeconfig', signing)
  project.provide('peoplesTokens', { omar: tokens.omar, vera: tokens.vera })
  return async () => {
    await dashboard.stop()
    await recorder?.close()
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
