import { SCREEN_EVERY_MS } from '../../lib/fleet/console/screen.ts'
import type { ScreenTrouble, ScreenWidth } from '../../lib/fleet/console/screen.ts'
import { fetchScreen } from './fetch-screen.ts'
import type { FetchedScreen, ScreenOf } from './fetch-screen.ts'

/** What is to be seen of a screen now. */
export interface ShownScreen {
  /** Of the last picture; null when there is none yet. */
  url: string | null
  /** ISO 8601; empty without a picture. */
  takenAt: string
  trouble: ScreenTrouble | null
  detail: string
  /** Whether the server has answered at all. */
  known: boolean
}

export const UNSEEN: ShownScreen = { url: null, takenAt: '', trouble: null, detail: '', known: false }

interface Feed {
  shown: ShownScreen
  etag: string
  listeners: Set<() => void>
  stop: AbortController | null
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Pictures that nobody looks at any more are kept for who scrolls back, up to so many. */
const MOST_KEPT = 300

const feeds = new Map<string, Feed>()
const keyOf = (uid: string, width: ScreenWidth) => `${uid} ${width}`

function forget(key: string, feed: Feed): void {
  if (feed.shown.url !== null) URL.revokeObjectURL(feed.shown.url)
  feeds.delete(key)
}

function forgetOldest(): void {
  for (const [key, feed] of feeds) {
    if (feeds.size <= MOST_KEPT) return
    if (feed.listeners.size === 0) forget(key, feed)
  }
}

function take(feed: Feed, fetched: FetchedScreen): void {
  const { picture, etag, takenAt, trouble, detail } = fetched
  const before = feed.shown.url
  const url = picture === undefined ? before : picture === null ? null : URL.createObjectURL(picture)
  if (before !== null && url !== before) URL.revokeObjectURL(before)
  feed.etag = url === null ? '' : etag
  feed.shown = { url, takenAt, trouble, detail, known: true }
  for (const tell of feed.listeners) tell()
}

/** Looks now and then every ten seconds, for as long as somebody does and the page is to be seen. */
async function look(feed: Feed, screen: ScreenOf, width: ScreenWidth): Promise<void> {
  clearTimeout(feed.timer)
  if (feed.stop !== null || feed.listeners.size === 0 || document.hidden) return
  const stop = new AbortController()
  feed.stop = stop
  const fetched = await fetchScreen(screen, width, feed.etag, stop.signal)
  if (feed.stop !== stop) return
  feed.stop = null
  if (fetched !== null) take(feed, fetched)
  feed.timer = setTimeout(() => void look(feed, screen, width), SCREEN_EVERY_MS)
}

/** Watches a screen until what this returns is called; everybody who watches the same one shares what is fetched. */
export function watchScreen(screen: ScreenOf, width: ScreenWidth, tell: () => void): () => void {
  const key = keyOf(screen.uid, width)
  const feed = feeds.get(key) ?? {
    shown: UNSEEN,
    etag: '',
    listeners: new Set(),
    stop: null,
    timer: undefined,
  }
  // The one that was looked at last goes last.
  feeds.delete(key)
  feeds.set(key, feed)
  feed.listeners.add(tell)
  forgetOldest()
  const onVisible = () => void look(feed, screen, width)
  document.addEventListener('visibilitychange', onVisible)
  void look(feed, screen, width)
  return () => {
    document.removeEventListener('visibilitychange', onVisible)
    feed.listeners.delete(tell)
    if (feed.listeners.size > 0) return
    clearTimeout(feed.timer)
    feed.stop?.abort()
    feed.stop = null
  }
}

/** As it was seen last. */
export const shownScreen = (uid: string, width: ScreenWidth): ShownScreen =>
  feeds.get(keyOf(uid, width))?.shown ?? UNSEEN
