import type { SessionDocument, SignIn } from '../fleet/session.ts'
import type { Problem } from '../fleet/writes/answer.ts'
import { onSignedOut } from './ask-server.ts'
import { createListeners } from './listeners.ts'
import { ASKING, nextState, personOf } from './session-state.ts'
import type { SessionState } from './session-state.ts'
import { keepFor } from './tab-memory.ts'

const SESSION_PATH = '/api/session'
/** Tabs tell each other here that somebody came or went; they say no more than that. */
export const SESSION_CHANNEL = 'cocoon-session'
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 10_000

/** Who this page is for, kept true while it is open. */
export interface SessionClient {
  state(): SessionState
  subscribe(tell: () => void): () => void
  /** Asks who one is, again and again until there is an answer, and follows the other tabs; the returned function ends it. */
  start(): () => void
  /** Asks again, which also renews the session. Keeps what was known when there is no answer. */
  refresh(): Promise<void>
  /** Null when it succeeded: the page is then to be loaded anew, at `to` or where it is. */
  signIn(how: SignIn, to: string | null): Promise<Partial<Problem> | null>
  /** Null when it succeeded, or the address at which the identity provider wants to hear of it. */
  signOut(): Promise<{ logout: string | null } | { problem: Partial<Problem> }>
}

const because = (error: unknown) => (error instanceof Error ? error.message : String(error))

async function saidBy(response: Response): Promise<Record<string, unknown>> {
  const said: unknown = await response.json().catch(() => null)
  return typeof said === 'object' && said !== null ? { ...said } : {}
}

async function problemOf(response: Response): Promise<Partial<Problem>> {
  const { status } = response
  return { title: `The server answered ${status} without saying why`, ...(await saidBy(response)), status }
}

async function send(init: RequestInit): Promise<Response | { problem: Partial<Problem> }> {
  try {
    const response = await fetch(SESSION_PATH, { cache: 'no-store', ...init })
    return response.ok ? response : { problem: await problemOf(response) }
  } catch (error) {
    return { problem: { title: 'The dashboard’s server does not answer', detail: because(error) } }
  }
}

/** The one client of a page; it asks nothing before it is started. */
export function createSessionClient(): SessionClient {
  const listeners = createListeners()
  let state = ASKING
  let channel: BroadcastChannel | null = null
  // While somebody signs in or out, requests of before may fail: that says nothing of who comes after.
  let changing = false

  const become = (next: SessionState) => {
    state = next
    if (next.kind === 'in') keepFor(personOf(next.document))
    listeners.tellAll('state')
  }
  const tellTabs = () => channel?.postMessage('changed')

  async function ask(): Promise<string> {
    const answer = await send({ headers: { accept: 'application/json' } })
    if (!('problem' in answer)) {
      const document = (await answer.json()) as SessionDocument
      if (!changing) become(nextState(state, document, Date.now()))
      return ''
    }
    const { title, detail } = answer.problem
    return detail ?? title ?? ''
  }
  async function askUntilTold(signal: AbortSignal): Promise<void> {
    for (let pause = FIRST_PAUSE; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      const trouble = await ask().catch(because)
      if (state.kind !== 'asking' || signal.aborted) return
      become({ kind: 'asking', trouble })
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  const refresh = async () => {
    if (state.kind !== 'asking') await ask().catch(because)
  }
  const over = (why: 'left' | 'ended') =>
    become({ kind: 'out', why, document: state.kind === 'in' ? { ...state.document, signedIn: null } : null })

  return {
    state: () => state,
    subscribe: (tell) => listeners.add('state', tell),
    refresh,
    start() {
      const stop = new AbortController()
      channel = new BroadcastChannel(SESSION_CHANNEL)
      channel.addEventListener('message', () => void refresh())
      const leave = onSignedOut(() => {
        if (changing || state.kind !== 'in') return
        over('ended')
        tellTabs()
      })
      void askUntilTold(stop.signal)
      return () => {
        stop.abort()
        leave()
        channel?.close()
        channel = null
      }
    },
    async signIn(how, to) {
      changing = true
      const headers = { 'content-type': 'application/json' }
      const answer = await send({ method: 'POST', headers, body: JSON.stringify(how) })
      changing = false
      if ('problem' in answer) return answer.problem
      tellTabs()
      become({ kind: 'other', to })
      return null
    },
    async signOut() {
      changing = true
      const answer = await send({ method: 'DELETE' })
      changing = false
      if ('problem' in answer) return answer
      const { logout } = await saidBy(answer)
      // Where nobody signs in, everybody is left when one of them is no more.
      if (state.kind === 'in' && state.document.mode === 'none') become({ kind: 'other', to: null })
      else over('left')
      tellTabs()
      return { logout: typeof logout === 'string' ? logout : null }
    },
  }
}
