import { Refused } from '../../kube/problem.ts'
import type { Session } from '../session/session.ts'
import { ProviderError } from './provider.ts'
import type { Provider } from './provider.ts'
import { personOfClaims } from './claims.ts'
import type { ClaimNames } from './claims.ts'

/** Tokens of sessions that began at a provider, renewed before they end: once for all who ask at the same time. */
export interface FreshTokens {
  /**
   * An ID token of the session that is good for a while.
   * @throws Refused 401 when the provider has ended the sign-in; 503 when it cannot be asked, and the last one is over
   */
  tokenOf(session: Session): Promise<string>
  /** The session with its newest tokens, itself when it has them; null when the provider has ended it. */
  renewed(session: Session): Promise<Session | null>
  close(): void
}

interface Options {
  provider: Pick<Provider, 'refresh'>
  names: ClaimNames
  /** Ends a session, and with it what is open by it. */
  endNow(session: Session): void
  /** Calls the listener when a session ends, for whatever reason. */
  onEnd(session: string, listener: () => void): () => void
  now?: () => number
}

interface Known {
  session: Session
  running?: Promise<void>
  timer?: NodeJS.Timeout
  /** Why it could not be renewed the last time. */
  trouble?: ProviderError
}

/** Two thirds of its life are used of a token, but never its last minute. */
const LAST_MS = 60_000
const RETRY_MS = 5_000

/** What a token says of its own time; nothing is verified here, since it comes out of a sealed cookie. */
function timesOf(token: string): { exp: number; iat: number; claims: Record<string, unknown> } {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >
  const [exp, iat] = [claims.exp, claims.iat].map((value) => (typeof value === 'number' ? value * 1_000 : 0))
  return { exp: exp ?? 0, iat: iat ?? 0, claims }
}

const idTokenOf = ({ oidc }: Session) => oidc?.idToken ?? ''

function dueAt(session: Session): number {
  const { exp, iat } = timesOf(idTokenOf(session))
  return exp - Math.min(LAST_MS, (exp - iat) / 3)
}

const ended = () =>
  new Refused({
    status: 401,
    code: 'not-signed-in',
    title: 'You are not signed in',
    detail: 'The provider where you signed in has ended that sign-in. Sign in again.',
  })

const unreachable = ({ message }: ProviderError) =>
  new Refused({
    status: 503,
    code: 'unavailable',
    title: 'Your sign-in could not be renewed',
    detail: `Your sign-in has to be renewed, and ${message}. Try again in a moment.`,
    retryAfter: 5,
  })

/** Keeps the tokens of all sessions, and asks for new ones once for all who wait for the same. */
export function createFreshTokens(options: Options): FreshTokens {
  const { provider, names, endNow, onEnd, now = Date.now } = options
  const known = new Map<string, Known>()

  const schedule = (one: Known, inMs: number) => {
    clearTimeout(one.timer)
    one.timer = setTimeout(() => void renew(one), Math.min(Math.max(inMs, 1_000), 2_147_483_647))
    one.timer.unref()
  }
  const forget = (id: string) => {
    clearTimeout(known.get(id)?.timer)
    known.delete(id)
  }
  const exchange = async (one: Known): Promise<Session> => {
    const { session } = one
    const { claims } = timesOf(idTokenOf(session))
    const tokens = await provider.refresh({ refreshToken: session.oidc?.refreshToken ?? '', claims })
    const claimed = personOfClaims(tokens.claims, names)
    if ('refused' in claimed) throw new ProviderError('mismatch', claimed.refused)
    const { person } = claimed
    const oidc = { idToken: tokens.idToken, refreshToken: tokens.refreshToken }
    if (session.credential.kind === 'token') {
      return { ...session, credential: { kind: 'token', token: tokens.idToken }, oidc }
    }
    if (person.name !== session.name) throw new ProviderError('mismatch', 'the provider now has another name')
    return { ...session, groups: [...person.groups], oidc }
  }
  const renew = (one: Known): Promise<void> => {
    one.running ??= exchange(one)
      .then(
        (session) => {
          one.session = session
          delete one.trouble
          schedule(one, dueAt(session) - now())
        },
        (error: unknown) => {
          one.trouble =
            error instanceof ProviderError ? error : new ProviderError('unreachable', String(error))
          if (one.trouble.trouble === 'unreachable') schedule(one, RETRY_MS)
          else endNow(one.session)
        },
      )
      .finally(() => delete one.running)
    return one.running
  }
  const knownOf = (session: Session): Known => {
    const found = known.get(session.id)
    if (found !== undefined) return found
    const one: Known = { session }
    known.set(session.id, one)
    onEnd(session.id, () => forget(session.id))
    if (session.oidc?.refreshToken) schedule(one, dueAt(session) - now())
    return one
  }
  const current = async (session: Session): Promise<Session> => {
    const one = knownOf(session)
    const renewable = Boolean(one.session.oidc?.refreshToken)
    if (renewable && dueAt(one.session) <= now()) {
      await renew(one)
      if (one.trouble && one.trouble.trouble !== 'unreachable') throw ended()
    }
    if (timesOf(idTokenOf(one.session)).exp > now()) return one.session
    throw one.trouble ? unreachable(one.trouble) : ended()
  }
  return {
    tokenOf: async (session) => idTokenOf(await current(session)),
    async renewed(session) {
      if (session.oidc === null) return session
      try {
        const fresh = await current(session)
        return fresh.oidc?.idToken === session.oidc.idToken ? session : { ...fresh, usedAt: session.usedAt }
      } catch (error) {
        // Whoever handles the request asks again, and is told.
        if (error instanceof Refused) return null
        throw error
      }
    },
    close() {
      for (const id of known.keys()) forget(id)
    },
  }
}
