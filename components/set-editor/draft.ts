import { isJsonObject } from '../../lib/cocoon/schema.ts'
import type { SetBase } from './document/set-base.ts'

/** What a person has written so far, and the version of the set that it began from (null for a new set). */
export interface Draft {
  text: string
  base: SetBase | null
}

const PREFIX = 'cocoon.set-draft:'

const isBase = (value: unknown): value is SetBase =>
  isJsonObject(value) &&
  isJsonObject(value.spec) &&
  isJsonObject(value.metadata) &&
  ['namespace', 'name', 'uid', 'resourceVersion'].every(
    (name) => typeof (value.metadata as Record<string, unknown>)[name] === 'string',
  )

/** A draft that was kept; null for none, and for what cannot be one. */
export function readDraft(kept: string | null): Draft | null {
  try {
    const value: unknown = JSON.parse(kept ?? 'null')
    if (!isJsonObject(value) || typeof value.text !== 'string') return null
    if (value.base !== null && !isBase(value.base)) return null
    return { text: value.text, base: value.base }
  } catch {
    return null
  }
}

/** The draft of this tab, which a reload does not lose. */
export function loadDraft(key: string): Draft | null {
  try {
    return readDraft(sessionStorage.getItem(PREFIX + key))
  } catch {
    return null
  }
}

/** Keeps a draft for a reload, as far as the browser lets it; null forgets it. */
export function keepDraft(key: string, draft: Draft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(PREFIX + key)
    else sessionStorage.setItem(PREFIX + key, JSON.stringify(draft))
  } catch {
    // `canKeepDrafts` says so on the page.
  }
}

/** Whether this browser keeps anything for a reload. */
export function canKeepDrafts(): boolean {
  try {
    sessionStorage.setItem(PREFIX, '')
    sessionStorage.removeItem(PREFIX)
    return true
  } catch {
    return false
  }
}
