import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENT, emailOf, startRealProvider } from '../../../e2e/access/support/real-provider.ts'
import type { RealProvider } from '../../../e2e/access/support/real-provider.ts'
import { newVisitor, signInAtProvider } from '../../../e2e/access/support/visitor.ts'
import { createProvider, ProviderError } from './provider.ts'
import type { Flow, Provider, ProviderSettings, Tokens } from './provider.ts'

/** Nothing listens there: the tests look at the address that the browser would go to. */
const BACK = 'http://localhost:1/api/session/oidc/callback'

let real: RealProvider
let settings: ProviderSettings
let provider: Provider
beforeAll(async () => {
  real = await startRealProvider({ redirectUris: [BACK] })
  settings = { issuer: real.issuer, ...CLIENT, scopes: 'openid email groups offline_access' }
  provider = createProvider(settings)
})
afterAll(() => real.close())

/** Goes to the provider as a browser does, up to the address that it would come back to. */
async function answerOf(login: string): Promise<{ answer: URL; flow: Flow }> {
  const { url, flow } = await provider.begin(BACK, '/')
  const visitor = newVisitor()
  const page = await visitor.open(url)
  // Our side of it does not listen, so the last step fails.
  await expect(signInAtProvider(visitor, page, login)).rejects.toThrow('fetch failed')
  const answer = visitor.last()
  expect(answer.href.startsWith(BACK)).toBe(true)
  return { answer, flow }
}

async function troubleOf(work: Promise<unknown>): Promise<ProviderError> {
  try {
    await work
  } catch (error) {
    if (error instanceof ProviderError) return error
    throw error
  }
  throw new Error('it went well')
}

describe('a sign-in', () => {
  let tokens: Tokens
  it('gives verified claims and a refresh token', async () => {
    const { answer, flow } = await answerOf('nora')
    tokens = await provider.finish(answer, flow)
    expect(tokens.claims).toMatchObject({
      sub: 'nora',
      email: emailOf('nora'),
      groups: ['research', 'oncall'],
    })
    expect(tokens.refreshToken).not.toBe('')
    expect(tokens.expiresAt).toBeGreaterThan(Date.now())
  })

  it('is refreshed with another refresh token, and never by the old one again', async () => {
    const next = await provider.refresh(tokens)
    expect(next.claims.sub).toBe('nora')
    expect(next.refreshToken).not.toBe(tokens.refreshToken)
    expect((await troubleOf(provider.refresh(tokens))).trouble).toBe('ended')
  })

  it('names the place to sign out at', async () => {
    const url = await provider.endSession('http://localhost:1/')
    expect(url?.origin).toBe(real.issuer)
    expect(url?.searchParams.get('client_id')).toBe(CLIENT.clientId)
    expect(url?.href).not.toContain(tokens.idToken)
  })
})

describe('what does not hold is refused', () => {
  it('asks with PKCE, state and nonce, new ones each time', async () => {
    const [one, two] = [await provider.begin(BACK, '/'), await provider.begin(BACK, '/')]
    const { searchParams } = one.url
    expect(searchParams.get('code_challenge_method')).toBe('S256')
    expect(searchParams.get('state')).toBe(one.flow.state)
    expect(searchParams.get('nonce')).toBe(one.flow.nonce)
    expect(one.url.href).not.toContain(one.flow.verifier)
    expect(new Set([one, two].map(({ flow }) => flow.state)).size).toBe(2)
  })

  it.each([
    ['another state', { state: 'x' }, 'mismatch'],
    ['another nonce', { nonce: 'x' }, 'mismatch'],
    ['another verifier', { verifier: 'x'.repeat(43) }, 'ended'],
  ] as const)('%s', async (_, changes, trouble) => {
    const { answer, flow } = await answerOf('nora')
    expect((await troubleOf(provider.finish(answer, { ...flow, ...changes }))).trouble).toBe(trouble)
  })

  it('a code that was used before', async () => {
    const { answer, flow } = await answerOf('nora')
    await provider.finish(answer, flow)
    expect((await troubleOf(provider.finish(answer, flow))).trouble).toBe('ended')
  })

  it('what the provider itself denied, without repeating its words', async () => {
    const { flow } = await provider.begin(BACK, '/')
    const answer = new URL(`${BACK}?error=access_denied&error_description=Call+0800+EVIL&state=${flow.state}`)
    answer.searchParams.set('iss', real.issuer)
    const error = await troubleOf(provider.finish(answer, flow))
    expect(error.trouble).toBe('denied')
    expect(error.message).not.toContain('EVIL')
  })

  it('a wrong client secret, and says neither', async () => {
    const { answer, flow } = await answerOf('nora')
    const wrong = createProvider({ ...settings, clientSecret: 'wrong-secret' })
    const error = await troubleOf(wrong.finish(answer, flow))
    expect(error.message).toContain('invalid_client')
    expect(error.message).not.toContain('wrong-secret')
  })

  it('a provider that is away; and finds it when it is back', async () => {
    const fresh = createProvider(settings)
    real.reachable = false
    expect((await troubleOf(fresh.begin(BACK, '/'))).trouble).toBe('unreachable')
    real.reachable = true
    await expect
      .poll(async () => (await fresh.begin(BACK, '/')).url.origin, { timeout: 10_000, interval: 200 })
      .toBe(real.issuer)
  })
})
