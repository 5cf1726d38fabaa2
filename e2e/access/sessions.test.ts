import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDashboard } from '../../scripts/dashboard.ts'
import type { RunningDashboard } from '../../scripts/dashboard.ts'
import { startAccessCluster } from './support/cluster.ts'
import type { AccessCluster } from './support/cluster.ts'
import { cookieClient } from './support/cookie-client.ts'

const SECRET = 'a secret that two replicas have in common'

let cluster: AccessCluster
let env: Record<string, string>
let dashboard: RunningDashboard
beforeAll(async () => {
  cluster = await startAccessCluster()
  const file = join(mkdtempSync(join(tmpdir(), 'cocoon-access-')), 'kubeconfig')
  writeFileSync(file, cluster.kubeconfig, { mode: 0o600 })
  env = { CLUSTER: 'kube', KUBECONFIG: file, AUTH_MODE: 'token', SESSION_SECRET: SECRET }
  dashboard = await startDashboard(env)
})
afterAll(async () => {
  await dashboard.stop()
  await cluster.close()
})

const tokenOf = (id: string) => cluster.users.find((user) => user.id === id)?.token ?? ''
const client = () => cookieClient(dashboard.url)

describe('AUTH_MODE=token', () => {
  it('shows nothing to nobody, and says how to come in', async () => {
    const nobody = client()
    expect(await nobody.call('GET', '/api/session')).toMatchObject({
      status: 200,
      body: { mode: 'token', signedIn: null, demoUsers: [], openToAll: false },
    })
    expect(await nobody.call('GET', '/api/fleet')).toMatchObject({
      status: 401,
      body: { code: 'not-signed-in' },
    })
  })

  it('signs in with a token that the API server knows, and out again, for good', async () => {
    const ada = client()
    const answer = await ada.call('POST', '/api/session', { token: ` ${tokenOf('admin')}\n` })
    expect(answer).toMatchObject({
      status: 200,
      body: { signedIn: { name: 'ada@cocoon.demo', means: 'token', demoUser: null } },
    })
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^cocoon-\d+=.*; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    )
    expect(ada.cookies()).not.toContain(tokenOf('admin'))
    expect((await ada.call('GET', '/api/fleet')).status).toBe(200)

    const thief = cookieClient(dashboard.url, ada.cookies())
    expect((await ada.call('DELETE', '/api/session')).status).toBe(204)
    expect(ada.cookies()).toBe('')
    for (const who of [ada, thief]) expect((await who.call('GET', '/api/fleet')).status).toBe(401)
  })

  it.each([
    ['of nobody', { token: 'nobody-knows-me' }, 401, 'not-signed-in'],
    ['that is none', { token: 'two words' }, 422, 'invalid'],
    ['that is empty', { token: ' ' }, 422, 'invalid'],
    ['for a user of the demo, on another cluster', { demoUser: 'admin' }, 422, 'invalid'],
  ])('refuses a token %s', async (_, body, status, code) => {
    const nobody = client()
    const answer = await nobody.call('POST', '/api/session', body)
    expect(answer).toMatchObject({ status, body: { code } })
    expect([nobody.cookies(), JSON.stringify(answer.body).includes('nobody-knows-me')]).toEqual(['', false])
  })

  it('takes a script’s token with each request', async () => {
    const script = (token: string) =>
      fetch(`${dashboard.url}/api/fleet`, { headers: { authorization: `Bearer ${token}` } })
    expect((await script(tokenOf('fleet-viewer'))).status).toBe(200)
    expect((await script('nobody-knows-me')).status).toBe(401)
  })

  it('acts as whoever signed in: what they may not do is refused in the cluster’s words', async () => {
    const vera = client()
    await vera.call('POST', '/api/session', { token: tokenOf('viewer') })
    const sets = '/apis/cocoonset.cocoonstack.io/v1/namespaces/research/cocoonsets'
    const admin = cluster.as(cluster.token)
    const { items } = (await admin.send('GET', sets)) as {
      items: { metadata: { name: string; uid: string } }[]
    }
    admin.close()
    const { name = '', uid = '' } = items[0]?.metadata ?? {}
    expect(await vera.call('POST', `/api/sets/research/${name}/suspend`, { uid })).toMatchObject({
      status: 403,
      body: { code: 'forbidden', detail: expect.stringContaining('vera@cocoon.demo') as unknown },
    })
  })

  it('is over when the API server takes the token for nobody any more', async () => {
    const admin = cluster.as(cluster.token)
    const metadata = { name: 'leaver', namespace: 'research' }
    const accounts = '/api/v1/namespaces/research/serviceaccounts'
    await admin.send('POST', accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata })
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }
    const { status } = (await admin.send('POST', `${accounts}/leaver/token`, request)) as {
      status: { token: string }
    }
    const leaver = client()
    await leaver.call('POST', '/api/session', { token: status.token })
    await admin.send('DELETE', `${accounts}/leaver`)
    admin.close()
    const fleet = () => leaver.call('GET', '/api/fleet')
    // A real API server remembers for ten seconds that a token was good, and then what they may see for half a minute.
    await expect.poll(async () => (await fleet()).status, { timeout: 60_000, interval: 500 }).toBe(401)
    expect((await fleet()).body).toMatchObject({ code: 'not-signed-in' })
    expect((await leaver.call('GET', '/api/session')).body).toMatchObject({ signedIn: null })
  })

  it('is known to another replica with the same secret, and to none with another', async () => {
    const ada = client()
    await ada.call('POST', '/api/session', { token: tokenOf('admin') })
    const port = new URL(dashboard.url).port
    // Cookies of loopback bear the port, which replicas behind one name have in common.
    const known = async (SESSION_SECRET: string) => {
      const replica = await startDashboard({ ...env, SESSION_SECRET })
      const renamed = ada.cookies().replaceAll(`cocoon-${port}`, `cocoon-${new URL(replica.url).port}`)
      const { body } = await cookieClient(replica.url, renamed).call('GET', '/api/session')
      await replica.stop()
      return body.signedIn
    }
    expect(await known(`another secret of at least 32 characters,${SECRET}`)).toMatchObject({
      name: 'ada@cocoon.demo',
    })
    expect(await known('another secret of at least 32 characters')).toBeNull()
  })
})

describe('a dashboard without sign-in', () => {
  it.each(['0.0.0.0', '::'])('does not start where others can reach it: %s', async (HOST) => {
    await expect(startDashboard({ ...env, AUTH_MODE: 'none', HOST })).rejects.toThrow(/AUTH_MODE=token/)
  })
})
