/*
 * What a tab keeps over reloads: drafts, and what was asked for in it. It is somebody's. The end of their session does
 * not lose it, and nobody who signs in after them in the same tab finds it. The browser's storage of the tab knows no
 * people, so until the page knows whom it is for, nothing is read and nothing is written.
 */
const PREFIX = 'cocoon.kept:'
const OWNER = 'cocoon.kept-for'

let known = false

/** Storage may be forbidden by the browser's settings: what is kept then lasts as long as the page. */
function storage(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null
  } catch {
    return null
  }
}

const keysOf = (store: Storage): string[] =>
  Array.from({ length: store.length }, (_, at) => store.key(at) ?? '').filter((key) => key.startsWith(PREFIX))

/** The page is for this person from now on: what the tab kept for anybody else is gone. */
export function keepFor(person: string): void {
  const store = storage()
  if (store !== null && store.getItem(OWNER) !== person) forgetKept()
  try {
    store?.setItem(OWNER, person)
    known = true
  } catch {
    // Nothing can be kept either.
  }
}

/** Whether the page knows whom it is for: before, what is kept is nobody's to read. */
export const isKeeping = (): boolean => known

/** What was kept under this key for whom the page is for; null for nothing. */
export const kept = (key: string): string | null =>
  known ? (storage()?.getItem(PREFIX + key) ?? null) : null

/** Keeps a text, or with null forgets it. False when it cannot be kept. */
export function keep(key: string, text: string | null): boolean {
  const store = storage()
  if (!known || store === null) return false
  try {
    if (text === null) store.removeItem(PREFIX + key)
    else store.setItem(PREFIX + key, text)
    return true
  } catch {
    return false
  }
}

/** Whether the tab keeps anything of anybody. */
export function keepsSomething(): boolean {
  const store = storage()
  return store !== null && keysOf(store).length > 0
}

/** Drops all that the tab keeps, and whose it was. */
export function forgetKept(): void {
  const store = storage()
  if (store === null) return
  for (const key of [OWNER, ...keysOf(store)]) store.removeItem(key)
}
