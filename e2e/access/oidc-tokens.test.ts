import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAccessCluster, type AccessCluster } from './support/cluster.ts'
import { startTestIssuer, type TestIssuer } from './support/test-issuer.ts'

/** The API server as what takes ID tokens: the same answers from the embedded one and from kube-apiserver. */
let issuer: TestIssuer
let stranger: TestIssuer
let cluster: AccessCluster
beforeAll(async () => {
  issuer = await startTestIssuer(false)
  stranger = await startTestIssuer()
  cluster = await startAccessCluster({
    issuer: issuer.url,
    clientId: 'cocoon',
    usernameClaim: 'name',
    usernamePrefix: 'oidc:',
    groupsClaim: 'groups',
    groupsPrefix: 'team:',
    certificateAuthority: issuer.certificate,
  })
})
afterAll(async () => {
  await cluster.close()
  await issuer.close()
  await stranger.close()
})

const nowSeconds = () => Math.floor(Date.now() / 1000)
const claims = (changes: Record<string, unknown> = {}) => ({
  iss: issuer.url,
  aud: 'cocoon',
  sub: '17',
  name: 'nora',
  groups: ['qa', 'ops'],
  iat: nowSeconds(),
  exp: nowSeconds() + 300,
  ...changes,
})

const AUTHENTICATION = { apiVersion: 'authentication.k8s.io/v1' }
const REVIEWS = '/apis/authentication.k8s.io/v1'

/** Who the API server takes the bearer of a token for; its status when it takes them for nobody. */
async function whoIs(token: string): Promise<unknown> {
  const connection = cluster.as(token)
  try {
    const body = { ...AUTHENTICATION, kind: 'SelfSubjectReview' }
    const answer = await connection.send('POST', `${REVIEWS}/selfsubjectreviews`, body)
    const { username, groups } = (answer as { status: { userInfo: Record<string, unknown> } }).status.userInfo
    return { username, groups }
  } catch (error) {
    return (error as { status?: number }).status ?? error
  } finally {
    connection.close()
  }
}

/** Why the API server refuses a token, as it tells who may ask. */
async function whyNot(token: string): Promise<string> {
  const connection = cluster.as(cluster.token)
  const body = { ...AUTHENTICATION, kind: 'TokenReview', spec: { token } }
  const answer = await connection.send('POST', `${REVIEWS}/tokenreviews`, body)
  connection.close()
  return (answer as { status: { error?: string } }).status.error ?? ''
}

const NORA = { username: 'oidc:nora', groups: ['team:qa', 'team:ops', 'system:authenticated'] }

describe('an API server that trusts an issuer', () => {
  it('knows nobody of it while it cannot be reached, and them all once it can', async () => {
    expect(await whoIs(issuer.sign(claims()))).toBe(401)
    expect(await whyNot(issuer.sign(claims()))).toBe(
      '[invalid bearer token, oidc: authenticator not initialized]',
    )
    issuer.reachable = true
    await expect.poll(() => whoIs(issuer.sign(claims())), { timeout: 30_000, interval: 500 }).toEqual(NORA)
  })

  it.each(['RS256', 'ES256'] as const)('takes tokens signed by %s', async (algorithm) => {
    expect(await whoIs(issuer.sign(claims(), algorithm))).toEqual(NORA)
  })

  it('takes one group as a word, no groups, and several audiences', async () => {
    const one = { username: 'oidc:nora', groups: ['team:qa', 'system:authenticated'] }
    expect(await whoIs(issuer.sign(claims({ groups: 'qa' })))).toEqual(one)
    const none = { username: 'oidc:nora', groups: ['system:authenticated'] }
    expect(await whoIs(issuer.sign(claims({ groups: undefined })))).toEqual(none)
    expect(await whoIs(issuer.sign(claims({ aud: ['another', 'cocoon'] })))).toEqual(NORA)
  })

  it('prefixes whatever is claimed: nobody becomes a member of the system', async () => {
    const token = issuer.sign(claims({ name: 'system:admin', groups: ['system:masters'] }))
    const groups = ['team:system:masters', 'system:authenticated']
    expect(await whoIs(token)).toEqual({ username: 'oidc:system:admin', groups })
  })

  it.each([
    ['has expired', { exp: 1_700_000_000 }, 'token is expired (Token Expiry: 2023-11-14 22:13:20 +0000 UTC)'],
    ['is for another client', { aud: 'another' }, 'expected audience "cocoon" got ["another"]'],
    ['begins later', { nbf: nowSeconds() + 3600 }, 'before the nbf (not before) time'],
  ])('refuses a token that %s', async (_, changes, why) => {
    const token = issuer.sign(claims(changes))
    expect(await whoIs(token)).toBe(401)
    const told = await whyNot(token)
    expect(told).toContain('[invalid bearer token, oidc: verify token: oidc: ')
    expect(told).toContain(why)
  })

  it('refuses a token without the claim of the name', async () => {
    const token = issuer.sign(claims({ name: undefined }))
    expect(await whoIs(token)).toBe(401)
    expect(await whyNot(token)).toContain('oidc: parse username claims "name": claim not present')
  })

  it('refuses what another signed in its name, what was changed, and what nobody signed', async () => {
    const forged = stranger.sign(claims())
    const [head = '', , signature = ''] = issuer.sign(claims()).split('.')
    const other = Buffer.from(JSON.stringify(claims({ name: 'ada' }))).toString('base64url')
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
    for (const token of [forged, `${head}.${other}.${signature}`, `${none}.${other}.`]) {
      expect(await whoIs(token)).toBe(401)
    }
  })

  it('refuses a token of an issuer that it was not told of', async () => {
    expect(await whoIs(stranger.sign(claims({ iss: stranger.url })))).toBe(401)
    expect(stranger.asked()).toBe(0)
  })

  it('finds the new keys of an issuer that changed them', async () => {
    issuer.rotate()
    expect(await whoIs(issuer.sign(claims()))).toEqual(NORA)
  })
})
