'use client'

import { useSyncExternalStore } from 'react'
import type { Operation } from '../../lib/fleet/operations/operation.ts'
import type { LiveStore } from '../../lib/live/live-store.ts'
import { isKeeping, keep, kept } from '../../lib/live/tab-memory.ts'
import { noticesDue } from './notices-due.ts'
import type { Watched } from './notices-due.ts'
import { operationTitle } from './operation-words.ts'

/* Which operations somebody wants to be told of: kept for the tab's life, over reloads. */
const KEY = 'notices'
/** A new page begins with a snapshot that may be older than what it watches: the rest comes right behind it. */
const SETTLE_MS = 10_000

const NOTHING: readonly Watched[] = []

let watched: readonly Watched[] | null = null
let listening = false
/** Whether what is not listed by now is not listed at all. */
let settled = false
const listeners = new Set<() => void>()

function keptNotices(): Watched[] {
  try {
    const list: unknown = JSON.parse(kept(KEY) ?? '[]')
    return Array.isArray(list)
      ? list.filter(
          (one: Partial<Watched> | null): one is Watched =>
            typeof one?.uid === 'string' && typeof one.title === 'string',
        )
      : []
  } catch {
    return []
  }
}

function all(): readonly Watched[] {
  if (watched === null && isKeeping()) watched = keptNotices()
  return watched ?? NOTHING
}

function put(next: readonly Watched[]): void {
  watched = next
  keep(KEY, JSON.stringify(next))
  for (const tell of listeners) tell()
}

/** @throws TypeError where only service workers may notify, as on phones */
function show(tag: string, title: string, body: string): Notification {
  // The tag keeps two tabs of one browser from telling the same twice.
  const notice = new Notification(title, { body, tag, icon: '/icon.svg' })
  notice.addEventListener('click', () => {
    window.focus()
    notice.close()
  })
  return notice
}

/** Tells of what has ended since, whenever the fleet changes; also while the tab is not looked at. */
export function keepNotices(store: LiveStore): void {
  if (listening || all().length === 0) return
  listening = true
  let waiting = false
  const look = () => {
    if (all().length === 0) return
    const { loaded, operations } = store.index()
    if (loaded && !settled && !waiting) {
      waiting = true
      setTimeout(() => {
        settled = true
        look()
      }, SETTLE_MS)
    }
    const { due, left } = noticesDue(all(), operations, settled)
    if (due.length > 0) put(left)
    for (const { uid, title, body } of due) show(uid, title, body)
  }
  store.subscribeIndex(look)
  look()
}

/** What came of the wish to be told. */
export type Permission = 'granted' | 'denied' | 'unsupported'

/** Asks the browser for leave, which it asks the person for, and watches the operation. */
export async function tellWhenDone(store: LiveStore, operation: Operation): Promise<Permission> {
  if (!('Notification' in globalThis)) return 'unsupported'
  const permission = await Notification.requestPermission()
  if (permission !== 'granted') return 'denied'
  const { uid } = operation
  const title = operationTitle(operation)
  try {
    // Shown and taken back at once: it is known now whether there can be one.
    show(uid, title, '').close()
  } catch {
    return 'unsupported'
  }
  put([...all().filter((one) => one.uid !== uid), { uid, title }])
  keepNotices(store)
  return 'granted'
}

/** Whether somebody wants to be told of this one. */
export function useIsWatched(uid: string): boolean {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => void listeners.delete(tell)
    },
    () => all().some((one) => one.uid === uid),
    () => false,
  )
}
