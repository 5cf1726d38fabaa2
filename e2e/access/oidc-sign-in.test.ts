import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../demo/client/connection.ts'
import { startDemoCluster, type DemoCluster } from '../../demo/start.ts'
import type { SessionDocument, SignedOut } from '../../lib/fleet/session.ts'
import type { FleetDocument } from '../../lib/fleet/wire.ts'
import { startDashboard, type RunningDashboard } from '../../scripts/dashboard.ts'
import { freePorts } from '../control-plane/free-ports.ts'
import { CLIENT, emailOf, startRealProvider, type RealProvider } from './support/real-provider.ts'
import { newVisitor, signInAtProvider, type Page, type Visitor } from './support/visitor.ts'

const FLEET = { port: 0, sets: 6, vms: 24, nodes: 3, seed: 7, speed: 20, weather: 'off' } as const
/** Short enough to be renewed while somebody looks. */
const ID_TOKEN_SECONDS = 12
const RBAC = 'rbac.authorization.k8s.io'

/** A dashboard, a provider of its own, and a cluster that trusts that provider or not. */
interface House {
  url: string
  provider: RealProvider
  close(): Promise<void>
}

/** Gives the people of a group of the provider the role of a team's viewers in `research`. */
async function bindResearch(cluster: DemoCluster): Promise<void> {
  const admin = connect({ server: cluster.server, token: cluster.token, userAgent: 'setup' })
  await admin.send('POST', `/apis/${RBAC}/v1/namespaces/research/rolebindings`, {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'people-of-research', namespace: 'research' },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cocoon-team-viewer' },
    subjects: [{ kind: 'Group', apiGroup: RBAC, name: 'id:research' }],
  })
  admin.close()
}

async function openHouse(trusted: boolean, env: Record<string, string> = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'cocoon-oidc-'))
  const [port = 0] = await freePorts(1)
  const url = `http://localhost:${port}`
  const provider = await startRealProvider({
    redirectUris: [`${url}/api/session/oidc/callback`],
    postLogoutUris: [`${url}/`],
    idTokenSeconds: ID_TOKEN_SECONDS,
  })
  const claims = { usernameClaim: 'email', usernamePrefix: '', groupsClaim: 'groups', groupsPrefix: 'id:' }
  const oidc = { issuer: provider.issuer, clientId: CLIENT.clientId, ...claims }
  const cluster = await startDemoCluster({ ...FLEET, ...(trusted && { oidc }) })
  await bindResearch(cluster)
  const KUBECONFIG = join(folder, 'kubeconfig')
  writeFileSync(KUBECONFIG, cluster.kubeconfig, { mode: 0o600 })
  const dashboard: RunningDashboard = await startDashboard({
    CLUSTER: 'kube',
    KUBECONFIG,
    PORT: String(port),
    AUTH_MODE: 'oidc',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.clientId,
    OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    OIDC_SCOPES: 'openid email groups offline_access',
    OIDC_USERNAME_CLAIM: 'email',
    OIDC_GROUPS_PREFIX: 'id:',
    ...env,
  })
  return {
    url,
    provider,
    async close() {
      await dashboard.stop()
      await cluster.close()
      await provider.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The page that the browser shows when the provider has sent it back. */
async function comeBack(visitor: Visitor, house: House, login: string, next = '/'): Promise<Page> {
  const start = await visitor.open(`${house.url}/api/session/oidc?to=${encodeURIComponent(next)}`)
  return signInAtProvider(visitor, start, login)
}

const whereTo = (page: Page) => /http-equiv="refresh" content="0;url=([^"]*)"/.exec(page.text)?.[1]

async function sessionOf(visitor: Visitor, house: House): Promise<SessionDocument> {
  return (await (await visitor.fetch(`${house.url}/api/session`)).json()) as SessionDocument
}

const NORA = { name: emailOf('nora'), groups: ['id:research', 'id:oncall'] }

describe.each([
  { what: 'a cluster that trusts the issuer', trusted: true, means: 'token' },
  { what: 'a cluster that does not', trusted: false, means: 'impersonation' },
] as const)('signing in at a provider, on $what', ({ trusted, means }) => {
  let house: House
  const visitor = newVisitor()
  beforeAll(async () => {
    house = await openHouse(trusted)
  }, 600_000)
  afterAll(() => house?.close())

  it('shows nothing to whoever is not signed in, and says where to sign in', async () => {
    expect((await visitor.fetch(`${house.url}/api/fleet`)).status).toBe(401)
    const { mode, signedIn, oidc } = await sessionOf(visitor, house)
    expect({ mode, signedIn, oidc }).toEqual({
      mode: 'oidc',
      signedIn: null,
      oidc: { issuer: house.provider.issuer },
    })
  })

  it('comes back to a page that goes on by itself to where one was', async () => {
    const page = await comeBack(visitor, house, 'nora', '/?q=phase:ready')
    expect([page.status, page.url.pathname]).toEqual([200, '/api/session/oidc/callback'])
    expect(whereTo(page)).toBe('/?q=phase:ready')
    const cookies = visitor.cookies().filter(({ host }) => host === 'localhost')
    expect(cookies.length).toBeGreaterThan(0)
    for (const { httpOnly, strict } of cookies) expect([httpOnly, strict]).toEqual([true, true])
  })

  it('is then who the provider said, with the rights of that person alone', async () => {
    const { signedIn } = await sessionOf(visitor, house)
    expect(signedIn).toMatchObject({ name: NORA.name, means })
    expect(signedIn?.groups).toEqual(expect.arrayContaining(NORA.groups))
    const { vms, nodes } = (await (await visitor.fetch(`${house.url}/api/fleet`)).json()) as FleetDocument
    expect(new Set(vms.map(({ namespace }) => namespace))).toEqual(new Set(['research']))
    expect(nodes).toEqual([])
  })

  it('renews the tokens before they end, once for all who ask, and goes on', async () => {
    const before = house.provider.grants.filter((grant) => grant === 'refresh_token').length
    const renewals = () => house.provider.grants.filter((grant) => grant === 'refresh_token').length - before
    await expect.poll(renewals, { timeout: 30_000, interval: 100 }).toBeGreaterThan(0)
    const once = renewals()
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => visitor.fetch(`${house.url}/api/fleet`)),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(renewals() - once).toBeLessThanOrEqual(1)
    expect(house.provider.errors).toEqual([])
  })

  it('signs out here, and says where to sign out of the provider', async () => {
    const answer = await visitor.fetch(`${house.url}/api/session`, {
      method: 'DELETE',
      headers: { origin: house.url },
    })
    expect(answer.status).toBe(200)
    const { logout } = (await answer.json()) as SignedOut
    expect(new URL(logout).origin).toBe(house.provider.issuer)
    expect(logout).not.toMatch(/eyJ/)
    expect((await visitor.fetch(`${house.url}/api/fleet`)).status).toBe(401)
    const asked = await visitor.open(logout)
    expect(asked.text).toContain('Do you want to sign-out')
  })

  it.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', '/api/fleet', ''])(
    'goes nowhere else afterwards: %j',
    async (next) => {
      expect(whereTo(await comeBack(newVisitor(), house, 'nora', next))).toBe('/')
    },
  )

  it('takes no answer of a sign-in that this browser did not begin', async () => {
    const other = newVisitor()
    const start = await other.open(`${house.url}/api/session/oidc`)
    const page = await signInAtProvider(other, start, 'nora')
    const victim = newVisitor()
    const forced = await victim.open(page.url)
    expect(forced.status).toBe(200)
    const { signedIn, notice } = await sessionOf(victim, house)
    expect(signedIn).toBeNull()
    expect(notice).toContain('Sign in again')
  })

  it('stays signed in when the answer is loaded again', async () => {
    const twice = newVisitor()
    const page = await comeBack(twice, house, 'nora')
    await twice.open(page.url)
    expect((await sessionOf(twice, house)).signedIn?.name).toBe(NORA.name)
  })

  it('says so when the provider denies it', async () => {
    const denied = newVisitor()
    const start = await denied.open(`${house.url}/api/session/oidc`)
    const abort = /href="([^"]*\/abort)"/.exec(start.text)?.[1] ?? ''
    await denied.open(new URL(abort, start.url), start)
    const { signedIn, notice } = await sessionOf(denied, house)
    expect([signedIn, notice]).toEqual([null, 'You were not signed in: access was denied.'])
  })
})

describe('claims of the cluster itself', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse(false, { OIDC_GROUPS_PREFIX: '' })
  }, 600_000)
  afterAll(() => house?.close())

  it('make nobody a part of it, and the page says why', async () => {
    const mallory = newVisitor()
    await comeBack(mallory, house, 'mallory')
    const { signedIn, notice } = await sessionOf(mallory, house)
    expect(signedIn).toBeNull()
    expect(notice).toContain('begins with "system:"')
    expect((await mallory.fetch(`${house.url}/api/fleet`)).status).toBe(401)
  })

  it('says so when the provider cannot be reached, and finds it when it is back', async () => {
    const fresh = await openHouse(false)
    fresh.provider.reachable = false
    const visitor = newVisitor()
    const page = await visitor.open(`${fresh.url}/api/session/oidc?to=/screens`)
    expect([page.status, whereTo(page)]).toEqual([200, '/sign-in?to=%2Fscreens'])
    expect((await sessionOf(visitor, fresh)).notice).toContain('cannot be reached')
    fresh.provider.reachable = true
    await expect
      .poll(async () => (await visitor.open(`${fresh.url}/api/session/oidc`)).url.origin, { timeout: 20_000 })
      .toBe(fresh.provider.issuer)
    await fresh.close()
  })
})
