import { WIRE_VERSION } from '../fleet/wire.ts'
import { applyMessage } from './apply-message.ts'
import type { LiveStore } from './live-store.ts'
import type { StreamMessage } from './read-stream.ts'
import { runStreamLoop } from './stream-loop.ts'
import type { Link } from './stream-loop.ts'

/** The leader speaks at least this often (ms), whatever the state of its own connection. */
const LEADER_SPEAKS = 4_000
/** A leader that is silent for this long (ms) is frozen: somebody else takes over. */
const LEADER_LIMIT = 12_000
/** Tabs differ in their patience by up to this (ms), so that not all of them take over in the same instant. */
const LEADER_JITTER = 4_000
/**
 * Tabs share with tabs of their own version, because what another one repeats could not be read, and of the same
 * sign-in, because nobody is shown what somebody else may see.
 */
export const sharedName = (who: string): string => `cocoon-fleet-stream-${WIRE_VERSION}-${who}`

type TabMessage =
  | { kind: 'message'; message: StreamMessage; to: string | null }
  | { kind: 'link'; link: Link }
  | { kind: 'join'; from: string }

export interface TabShareOptions {
  url: string
  /** Whose fleet it is: names one sign-in. */
  who: string
  store: LiveStore
  onLink(link: Link): void
  signal: AbortSignal
}

/** Leads alone: browsers without Web Locks (plain http to another machine) get a stream of their own. */
function leadAlone({ url, store, onLink, signal }: TabShareOptions): Promise<void> {
  return runStreamLoop({
    url,
    signal,
    onLink,
    position: store.position,
    onMessage: (message) => applyMessage(store, message),
  })
}

/** Opens the one stream of this browser and repeats it to the other tabs, until `signal` aborts. */
async function lead(options: TabShareOptions, channel: BroadcastChannel, signal: AbortSignal): Promise<void> {
  const { store, onLink } = options
  let link: Link = { open: false, message: '' }
  const say = (said: TabMessage) => channel.postMessage(said)
  const onJoin = ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind !== 'join') return
    say({ kind: 'link', link })
    const snapshot = store.asSnapshot()
    if (snapshot === null) return
    say({ kind: 'message', message: { event: 'snapshot', data: JSON.stringify(snapshot) }, to: data.from })
  }
  channel.addEventListener('message', onJoin)
  say({ kind: 'link', link })
  const pulse = setInterval(() => say({ kind: 'link', link }), LEADER_SPEAKS)
  await runStreamLoop({
    url: options.url,
    signal,
    position: store.position,
    onMessage: (message) => {
      applyMessage(store, message)
      say({ kind: 'message', message, to: null })
    },
    onLink: (next) => {
      link = next
      onLink(next)
      say({ kind: 'link', link: next })
    },
  })
  clearInterval(pulse)
  channel.removeEventListener('message', onJoin)
}

/** Follows the leader's tab. `onSilence` is called when the leader has not spoken for too long. */
function follow(options: TabShareOptions, channel: BroadcastChannel, onSilence: () => void): () => void {
  const me = crypto.randomUUID()
  const patience = LEADER_LIMIT + Math.random() * LEADER_JITTER
  // Before its snapshot a tab cannot use what else is said, and after a gap only a snapshot helps.
  let waiting = true
  let askedAt = 0
  const join = () => {
    waiting = true
    askedAt = performance.now()
    channel.postMessage({ kind: 'join', from: me } satisfies TabMessage)
  }
  const hear = (message: StreamMessage) => {
    if (waiting && message.event !== 'snapshot') return
    try {
      applyMessage(options.store, message)
      waiting = false
    } catch {
      // A snapshot that cannot be read is not asked for again at once: the answer would be the same.
      if (message.event === 'snapshot') waiting = true
      else join()
    }
  }
  let silence = setTimeout(onSilence, patience)
  const onMessage = ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind === 'join') return
    clearTimeout(silence)
    silence = setTimeout(onSilence, patience)
    if (data.kind === 'link') {
      options.onLink(data.link)
      // The leader that was asked may have gone before it answered.
      if (waiting && performance.now() - askedAt > LEADER_SPEAKS / 2) join()
    } else if (data.to === null || data.to === me) {
      hear(data.message)
    }
  }
  channel.addEventListener('message', onMessage)
  join()
  return () => {
    clearTimeout(silence)
    channel.removeEventListener('message', onMessage)
  }
}

/**
 * Keeps the store fed until the signal aborts. All tabs of one sign-in in one browser share one stream: the tab that holds
 * the lock reads it and repeats it, the others follow, and one of them takes over when it goes or freezes.
 */
export async function shareStream(options: TabShareOptions): Promise<void> {
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) return leadAlone(options)
  const name = sharedName(options.who)
  const channel = new BroadcastChannel(name)
  let leaderIsSilent = false
  while (!options.signal.aborted) {
    const turn = new AbortController()
    const deposed = new AbortController()
    const steal = leaderIsSilent
    leaderIsSilent = false
    const stopFollowing = follow(options, channel, () => {
      leaderIsSilent = !steal
      turn.abort()
    })
    const takeTheLead = () => {
      stopFollowing()
      return lead(options, channel, AbortSignal.any([options.signal, deposed.signal]))
    }
    const how = steal ? { steal } : { signal: AbortSignal.any([options.signal, turn.signal]) }
    try {
      await navigator.locks.request(name, how, takeTheLead)
    } catch (error) {
      // The three ways to lose one's turn: the page goes, the leader fell silent, another tab took over.
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
    } finally {
      deposed.abort()
      stopFollowing()
    }
  }
  channel.close()
}
