import type { IncomingMessage, ServerResponse } from 'node:http'
import { cookieName, dropCookies, readCookie, setCookies } from './cookie.ts'
import type { CookieName } from './cookie.ts'
import { createLiveSessions } from './live-sessions.ts'
import type { LiveSessions } from './live-sessions.ts'
import { createSeals } from './seals.ts'
import type { Secrets } from './seals.ts'
import { endOf, sealedSchema } from './session.ts'
import type { Session, SessionTimes } from './session.ts'

/** Sessions as cookies: sealed, renewed while they are used, and ended. */
export interface SessionStore {
  times: SessionTimes
  /** The session that these headers bear, and that is not over; null for none. */
  read(headers: Headers): Promise<Session | null>
  /** Set-Cookie headers for a session; null where the dashboard does not know its own address. */
  write(host: string | null, session: Session): Promise<string[] | null>
  /** Ends the session that these headers bear, everywhere in this process; answers Set-Cookie headers. */
  end(headers: Headers): Promise<string[]>
  /** Ends a session whose time is over for another reason, in this process. */
  endNow(session: Pick<Session, 'id'>): void
  /** When it ends if nothing is asked any more, as far as this process knows; epoch milliseconds. */
  endsAt(session: Session): number
  /**
   * Writes the cookie anew, on the answer to a request that is about to be handled, when it has been in use for a while.
   * `refresh` may answer a session with fresher credentials; null when it is over.
   */
  keep(
    request: IncomingMessage,
    response: ServerResponse,
    refresh?: (session: Session) => Promise<Session | null>,
  ): Promise<void>
  onEnd: LiveSessions['onEnd']
  close(): void
}

export interface SessionStoreOptions {
  secrets: Secrets
  /** By which way people come in here: a session that began by another one is none, whatever secret sealed it. */
  way: string
  times: SessionTimes
  publicOrigins: readonly string[]
  now?: () => number
}

const KEEP_AFTER_MS = 60_000

/** The name of a cookie that no request can have. */
const NO_COOKIE: CookieName = { name: ' ', secure: false }

/** The sessions as cookies: none is kept here but the news of their end. */
export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { secrets, way, times, publicOrigins, now = Date.now } = options
  const seals = createSeals(secrets, sealedSchema)
  const live = createLiveSessions(times, now)
  const nameFor = (host: string | null) => cookieName(host, publicOrigins)
  const keepAfterMs = Math.min(KEEP_AFTER_MS, times.idleMs / 10)

  const opened = async (host: string | null, cookies: string | null): Promise<Session | null> => {
    const text = readCookie(cookies, nameFor(host) ?? NO_COOKIE)
    const sealed = text === null ? null : await seals.open(text)
    return sealed?.way === way ? sealed.session : null
  }
  const write = async (host: string | null, session: Session) => {
    const cookie = nameFor(host)
    if (cookie === null) return null
    const seconds = Math.max(1, Math.floor((endOf(session, times) - now()) / 1_000))
    return setCookies(cookie, await seals.seal({ way, session }, seconds), seconds)
  }
  return {
    times,
    write,
    async read(headers) {
      const session = await opened(headers.get('host'), headers.get('cookie'))
      return session !== null && live.use(session) ? session : null
    },
    async end(headers) {
      const host = headers.get('host')
      const session = await opened(host, headers.get('cookie'))
      if (session !== null) live.end(session.id)
      const cookie = nameFor(host)
      return cookie === null ? [] : dropCookies(cookie, headers.get('cookie'))
    },
    endNow: ({ id }) => live.end(id),
    endsAt: (session) => endOf({ ...session, usedAt: live.usedAt(session) }, times),
    async keep({ headers, url = '/' }, response, refresh = async (session) => session) {
      if (url.startsWith('/_next/')) return
      const { host = null, cookie = null } = headers
      const session = cookie === null ? null : await opened(host, cookie)
      if (session === null || !live.use(session)) return
      const fresh = await refresh(session)
      if (fresh === null) return
      if (fresh === session && now() - session.usedAt < keepAfterMs) return
      for (const line of (await write(host, { ...fresh, usedAt: now() })) ?? []) {
        response.appendHeader('set-cookie', line)
      }
    },
    onEnd: live.onEnd,
    close: live.close,
  }
}
