import { isScreenTrouble, SCREEN_TIME, SCREEN_TROUBLE } from '../../lib/fleet/console/screen.ts'
import type { ScreenTrouble, ScreenWidth } from '../../lib/fleet/console/screen.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { askServer } from '../../lib/live/ask-server.ts'

export type ScreenOf = Pick<Vm, 'uid' | 'namespace' | 'name'>

/** What the server said of a screen. */
export interface FetchedScreen {
  /** Undefined when the picture is the one that `etag` names; null when there is none. */
  picture: Blob | null | undefined
  etag: string
  /** ISO 8601; empty without a picture. */
  takenAt: string
  trouble: ScreenTrouble | null
  /** In the server's own words where there is no picture; empty otherwise. */
  detail: string
}

/** So few at a time that the browser has connections left for what people do: six is all it opens to one origin. */
const AT_ONCE = 3

const waiting: (() => void)[] = []
let running = 0

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => void waiting.push(resolve))
  else running += 1
  try {
    return await work()
  } finally {
    // Whoever waits longest gets the place itself, so that nobody who comes now can take it.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

async function detailOf(response: Response): Promise<string> {
  const said: unknown = await response.json().catch(() => null)
  const detail = typeof said === 'object' && said !== null && 'detail' in said ? said.detail : ''
  return typeof detail === 'string' ? detail : ''
}

/** Asks for the newest picture; null when the server does not answer, or the looker has gone. */
export function fetchScreen(
  { uid, namespace, name }: ScreenOf,
  width: ScreenWidth,
  etag: string,
  signal: AbortSignal,
): Promise<FetchedScreen | null> {
  const path = `/api/vms/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}/screen`
  return inTurn(async () => {
    if (signal.aborted) return null
    const response = await askServer(`${path}?uid=${encodeURIComponent(uid)}&width=${width}`, {
      cache: 'no-store',
      signal,
      headers: etag === '' ? {} : { 'if-none-match': etag },
    }).catch(() => null)
    if (response === null) return null
    const { headers, status, ok } = response
    const said = headers.get(SCREEN_TROUBLE)
    const trouble = isScreenTrouble(said) ? said : null
    const facts = {
      etag: headers.get('etag') ?? '',
      takenAt: headers.get(SCREEN_TIME) ?? '',
      trouble,
      detail: '',
    }
    if (status === 304) return { ...facts, picture: undefined }
    const missing = headers.get('content-type')?.startsWith('image/') !== true
    if (ok && !missing) {
      // The looker may go while the picture is still coming.
      const picture = await response.blob().catch(() => null)
      return picture === null ? null : { ...facts, picture }
    }
    const detail = await detailOf(response)
    return { ...facts, picture: null, trouble: trouble ?? 'unreachable', detail }
  })
}
