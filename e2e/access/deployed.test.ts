import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../../demo/client/connection.ts'
import { kubeconfigText } from '../../demo/kubeconfig.ts'
import type { FleetDocument } from '../../lib/fleet/wire.ts'
import { startDashboard, type RunningDashboard } from '../../scripts/dashboard.ts'
import { startAccessCluster, type AccessCluster } from './support/cluster.ts'
import { DEPLOY, manifests } from './support/manifests.ts'

const run = promisify(execFile)
const NAMESPACE = 'cocoon-dashboard'
const RBAC = '/apis/rbac.authorization.k8s.io/v1'

let cluster: AccessCluster
let admin: Connection
let folder: string
beforeAll(async () => {
  cluster = await startAccessCluster()
  admin = cluster.as(cluster.token)
  folder = mkdtempSync(join(tmpdir(), 'cocoon-deploy-'))
  writeFileSync(join(folder, 'admin'), cluster.kubeconfig, { mode: 0o600 })
})
afterAll(async () => {
  admin.close()
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
})

const kubectl = (...args: string[]) =>
  run('kubectl', ['--kubeconfig', join(folder, 'admin'), '--cache-dir', join(folder, 'cache'), ...args])

interface Answered {
  status: { token: string; allowed: boolean }
}

/** A token of the account as the manifests have it: the seeded role is taken away and theirs is put in its place. */
async function deployedToken(): Promise<string> {
  for (const role of manifests().filter(({ kind }) => kind === 'ClusterRole')) {
    const name = role.metadata?.name ?? ''
    await admin.send('DELETE', `${RBAC}/clusterroles/${name}`)
    await admin.send('POST', `${RBAC}/clusterroles`, role)
  }
  const path = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/cocoon-dashboard/token`
  const answer = await admin.send('POST', path, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 3600 },
  })
  return (answer as Answered).status.token
}

/** What the manifests give to an account that speaks for people. */
async function allowImpersonation(): Promise<void> {
  for (const object of manifests('optional')) {
    if (object.metadata?.name !== 'cocoon-dashboard-impersonation') continue
    const plural = object.kind === 'ClusterRole' ? 'clusterroles' : 'clusterrolebindings'
    await admin.send('POST', `${RBAC}/${plural}`, object)
  }
}

describe('the manifests', () => {
  it.each(['.', 'optional'])('of deploy/%s are taken by the API server', async (part) => {
    const { stdout } = await kubectl(
      'apply',
      '--dry-run=server',
      '--validate=strict',
      '-f',
      join(DEPLOY, part),
    )
    const lines = stdout.trim().split('\n')
    expect(lines).toHaveLength(manifests(part).length)
    for (const line of lines) expect(line).toMatch(/ (created|configured|unchanged) \(server dry run\)$/)
  })
})

describe('a dashboard with the account of the manifests', () => {
  let dashboard: RunningDashboard
  let account: Connection
  beforeAll(async () => {
    const token = await deployedToken()
    account = cluster.as(token)
    const { server, certificate } = cluster
    const trust = certificate === undefined ? {} : { certificate }
    const path = join(folder, 'dashboard')
    writeFileSync(path, kubeconfigText({ server, ...trust, token }), { mode: 0o600 })
    dashboard = await startDashboard({ CLUSTER: 'kube', KUBECONFIG: path })
  })
  afterAll(async () => {
    account.close()
    await dashboard?.stop()
  })

  it('B8: sees the whole fleet', async () => {
    const answer = await fetch(`${dashboard.url}/api/fleet`)
    const { vms, sets, nodes, freshness } = (await answer.json()) as FleetDocument
    const listed = async (path: string) => ((await admin.send('GET', path)) as { items: unknown[] }).items
    expect(vms).toHaveLength(24)
    expect(sets).toHaveLength((await listed('/apis/cocoonset.cocoonstack.io/v1/cocoonsets')).length)
    expect(nodes.length).toBeGreaterThanOrEqual(3)
    expect(Object.values(freshness).map(({ state }) => state)).toEqual(['live', 'live', 'live', 'live'])
  })

  it.each([
    ['secrets', '', 'list'],
    ['pods', '', 'get'],
    ['pods', '', 'delete'],
    ['pods', 'exec', 'create'],
    ['pods', 'log', 'get'],
    ['users', '', 'impersonate'],
  ])('B8: may not, and is refused: %s/%s %s', async (resource, subresource, verb) => {
    const spec = { resourceAttributes: { resource, subresource, verb, namespace: 'research' } }
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
    const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec }
    expect(((await account.send('POST', path, body)) as Answered).status.allowed).toBe(false)
  })

  it('B8: wakes nothing and deletes nothing by it', async () => {
    const before = (await (await fetch(`${dashboard.url}/api/fleet`)).json()) as FleetDocument
    const [vm] = before.vms
    const url = `${dashboard.url}/api/vms/${vm?.namespace}/${vm?.name}/restart`
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uid: vm?.uid }),
    })
    expect(answer.status).toBe(403)
  })

  const headersOf = {
    token: (id: string): Record<string, string> => ({
      authorization: `Bearer ${cluster.users.find((user) => user.id === id)?.token}`,
    }),
    proxy: (id: string): Record<string, string> => ({
      'x-forwarded-user': { operator: 'omar@cocoon.demo', viewer: 'vera@cocoon.demo' }[id] ?? '',
    }),
  }

  describe.each(['token', 'proxy'] as const)('with AUTH_MODE=%s', (mode) => {
    let signed: RunningDashboard
    beforeAll(async () => {
      if (mode === 'proxy') await allowImpersonation()
      const env = { AUTH_MODE: mode, TRUSTED_PROXIES: '127.0.0.1' }
      signed = await startDashboard({ CLUSTER: 'kube', KUBECONFIG: join(folder, 'dashboard'), ...env })
    })
    afterAll(() => signed?.stop())

    const fleetOf = async (id: string) => {
      const answer = await fetch(`${signed.url}/api/fleet`, { headers: headersOf[mode](id) })
      return (await answer.json()) as FleetDocument
    }

    it('B8: shows each person what is theirs', async () => {
      const seen = async (id: string) => [
        ...new Set((await fleetOf(id)).vms.map(({ namespace }) => namespace)),
      ]
      expect((await seen('operator')).toSorted()).toEqual(['finance', 'qa'])
      expect(await seen('viewer')).toEqual(['research'])
    })

    it('B8: acts as the person, whose rights count and not those of the account', async () => {
      const vm = (await fleetOf('operator')).vms.find(({ phase }) => phase === 'ready')
      const act = (id: string) =>
        fetch(`${signed.url}/api/vms/${vm?.namespace}/${vm?.name}/hibernate?dryRun=true`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headersOf[mode](id) },
          body: JSON.stringify({ uid: vm?.uid }),
        })
      expect([(await act('operator')).status, (await act('viewer')).status]).toEqual([200, 403])
    })
  })
})
