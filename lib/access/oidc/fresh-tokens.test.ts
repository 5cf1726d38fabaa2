import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Session } from '../session/session.ts'
import { createFreshTokens } from './fresh-tokens.ts'
import type { FreshTokens } from './fresh-tokens.ts'
import { ProviderError } from './provider.ts'
import type { Tokens } from './provider.ts'

const NAMES = {
  issuer: 'https://id.example',
  usernameClaim: 'email',
  usernamePrefix: '',
  groupsClaim: 'groups',
  groupsPrefix: '',
}
const LIFE_SECONDS = 300

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
const opened: FreshTokens[] = []
afterEach(() => {
  for (const fresh of opened.splice(0)) fresh.close()
  vi.useRealTimers()
})

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function tokensAt(serial: number, changes: Record<string, unknown> = {}): Tokens {
  const iat = Math.floor(Date.now() / 1000)
  const claims = { sub: '1', email: 'nora', groups: ['qa'], iat, exp: iat + LIFE_SECONDS, serial, ...changes }
  return {
    claims,
    idToken: `${encoded({})}.${encoded(claims)}.s`,
    refreshToken: `refresh-${serial}`,
    expiresAt: claims.exp * 1000,
  }
}

function sessionOf(
  credential: 'token' | 'impersonation' = 'token',
  refreshToken: string | null = 'refresh-0',
): Session {
  const { idToken } = tokensAt(0)
  return {
    id: 'session-1',
    name: 'nora',
    groups: ['qa'],
    credential: credential === 'token' ? { kind: 'token', token: idToken } : { kind: 'impersonation' },
    startedAt: 0,
    usedAt: 0,
    credentialEndsAt: null,
    demoUser: null,
    oidc: { idToken, refreshToken },
  }
}

/** A provider that answers refresh tokens in turn, each once, as `changes` says. */
function houseOf(answer: (serial: number) => Tokens | Promise<Tokens> = (serial) => tokensAt(serial)) {
  const used: string[] = []
  const ended: string[] = []
  const listeners: (() => void)[] = []
  const fresh = createFreshTokens({
    names: NAMES,
    provider: {
      async refresh({ refreshToken }) {
        if (used.includes(refreshToken)) throw new ProviderError('ended', 'used twice')
        const tokens = await answer(used.length + 1)
        used.push(refreshToken)
        return tokens
      },
    },
    endNow: ({ id }) => {
      ended.push(id)
      for (const listener of listeners) listener()
    },
    onEnd: (_, listener) => {
      listeners.push(listener)
      return () => {}
    },
  })
  opened.push(fresh)
  return { fresh, used, ended }
}

describe('tokens of a session', () => {
  it('are taken as they are while they last', async () => {
    const { fresh, used } = houseOf()
    const session = sessionOf()
    expect(await fresh.tokenOf(session)).toBe(session.oidc?.idToken)
    expect(await fresh.renewed(session)).toBe(session)
    expect(used).toEqual([])
  })

  it('are renewed once by a hundred at the same time, and each refresh token is used once', async () => {
    const { fresh, used } = houseOf()
    const session = sessionOf()
    for (let round = 1; round <= 20; round += 1) {
      vi.setSystemTime(round * (LIFE_SECONDS - 30) * 1_000)
      // oxlint-disable-next-line no-await-in-loop -- the rounds come one after the other
      const tokens = await Promise.all(Array.from({ length: 100 }, () => fresh.tokenOf(session)))
      expect(new Set(tokens).size).toBe(1)
    }
    expect(used).toEqual(Array.from({ length: 20 }, (_, serial) => `refresh-${serial}`))
  })

  it('are renewed by themselves, without anybody asking', async () => {
    const { fresh, used } = houseOf()
    await fresh.tokenOf(sessionOf())
    await vi.advanceTimersByTimeAsync((LIFE_SECONDS - 59) * 1_000)
    expect(used).toEqual(['refresh-0'])
  })

  it('go into the cookie when they are newer than what it has, with new groups', async () => {
    const { fresh } = houseOf((serial) => tokensAt(serial, { groups: ['qa', 'ops'] }))
    const session = sessionOf('impersonation')
    vi.setSystemTime((LIFE_SECONDS - 30) * 1_000)
    const renewed = await fresh.renewed(session)
    expect(renewed).toMatchObject({ groups: ['qa', 'ops'], oidc: { refreshToken: 'refresh-1' } })
    expect(renewed && (await fresh.renewed(renewed))).toBe(renewed)
  })

  it.each([
    ['the provider ended it', () => Promise.reject(new ProviderError('ended', 'invalid_grant'))],
    ['the provider names somebody else', (serial: number) => tokensAt(serial, { email: 'ada' })],
    ['the groups are of the system', (serial: number) => tokensAt(serial, { groups: ['system:masters'] })],
  ])('end the session when %s', async (_, answer) => {
    const { fresh, ended } = houseOf(answer)
    const session = sessionOf('impersonation')
    vi.setSystemTime((LIFE_SECONDS - 30) * 1_000)
    await expect(fresh.tokenOf(session)).rejects.toMatchObject({ problem: { status: 401 } })
    expect(ended).toEqual(['session-1'])
  })

  it('outlive a provider that is away while they last, and no longer', async () => {
    let away = true
    const { fresh, ended } = houseOf((serial) => {
      if (away) throw new ProviderError('unreachable', 'the provider did not answer')
      return tokensAt(serial)
    })
    const session = sessionOf()
    vi.setSystemTime((LIFE_SECONDS - 30) * 1_000)
    expect(await fresh.tokenOf(session)).toBe(session.oidc?.idToken)
    vi.setSystemTime((LIFE_SECONDS + 1) * 1_000)
    await expect(fresh.tokenOf(session)).rejects.toMatchObject({
      problem: { status: 503, code: 'unavailable' },
    })
    expect(ended).toEqual([])
    away = false
  })

  it('end with the ID token where there is none to renew it with', async () => {
    const { fresh, used } = houseOf()
    const session = sessionOf('token', null)
    vi.setSystemTime((LIFE_SECONDS + 1) * 1_000)
    await expect(fresh.tokenOf(session)).rejects.toMatchObject({
      problem: { status: 401, code: 'not-signed-in' },
    })
    expect(used).toEqual([])
  })
})
