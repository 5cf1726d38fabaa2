'use client'

import { useSyncExternalStore } from 'react'
import { isKeeping, keep, kept } from '../../lib/live/tab-memory.ts'
import { changedOwn, readOwnList, withOwn } from './own-operation.ts'
import type { OwnOperation, OwnState, OwnTarget } from './own-operation.ts'

/*
 * What this browser's tab asked for, for the activity drawer. Whoever sends a request tells it here:
 *
 *   const id = addOwn({ title: 'Wake 12 VMs', target: null, progress: { done: 0, refused: 0, total: 12 }, reopen })
 *   updateOwn(id, { progress: { done: 3, refused: 1, total: 12 } })
 *   finishOwn(id, 'partly', '11 of 12 were done, 1 was refused.', 'Open it to try that one again.')
 */
const KEY = 'own-operations'
const NOTHING: readonly OwnOperation[] = []

let list: readonly OwnOperation[] | null = null
const reopeners = new Map<string, () => void>()
const listeners = new Set<() => void>()

function owns(): readonly OwnOperation[] {
  if (list === null && isKeeping()) list = readOwnList(kept(KEY))
  return list ?? NOTHING
}

function put(next: readonly OwnOperation[]): void {
  list = next
  keep(KEY, JSON.stringify(next))
  for (const tell of listeners) tell()
}

/** What an own operation begins with. */
interface NewOwn {
  title: string
  target: OwnTarget | null
  progress?: OwnOperation['progress']
  /** Shows it again (its dialog, its results); the drawer has a button for it as long as the page lives. */
  reopen?: () => void
}

/** Adds a request that was just sent, and gives the id under which it is told of further. */
export function addOwn({ title, target, progress = null, reopen }: NewOwn): string {
  const id = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('')
  const askedAt = new Date().toISOString()
  if (reopen !== undefined) reopeners.set(id, reopen)
  put(
    withOwn(owns(), {
      id,
      title,
      target,
      askedAt,
      endedAt: null,
      state: 'asking',
      message: '',
      advice: '',
      progress,
    }),
  )
  return id
}

/** Tells how far it is; also takes one that had ended back to work (`{ state: 'asking', endedAt: null }`). */
export function updateOwn(id: string, change: Partial<Omit<OwnOperation, 'id'>>): void {
  put(changedOwn(owns(), id, change))
}

/** Tells how it ended: `message` says what came of it, `advice` what to do. */
export function finishOwn(
  id: string,
  state: Exclude<OwnState, 'asking'>,
  message: string,
  advice = '',
): void {
  updateOwn(id, { state, message, advice, endedAt: new Date().toISOString() })
}

/** How to show one again; undefined when the page that could was left. */
export const reopenerOf = (id: string): (() => void) | undefined => reopeners.get(id)

/** What this tab asked for, the newest first. */
export function useOwnOperations(): readonly OwnOperation[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => void listeners.delete(tell)
    },
    owns,
    () => NOTHING,
  )
}
