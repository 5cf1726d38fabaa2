import { isJsonObject } from '../../lib/cocoon/schema.ts'
import { keep, kept } from '../../lib/live/tab-memory.ts'
import type { SetBase } from './document/set-base.ts'

/** What a person has written so far, and the version of the set that it began from (null for a new set). */
export interface Draft {
  text: string
  base: SetBase | null
}

const PREFIX = 'set-draft:'

const isBase = (value: unknown): value is SetBase =>
  isJsonObject(value) &&
  isJsonObject(value.spec) &&
  isJsonObject(value.metadata) &&
  ['namespace', 'name', 'uid', 'resourceVersion'].every(
    (name) => typeof (value.metadata as Record<string, unknown>)[name] === 'string',
  )

/** A draft that was kept; null for none, and for what cannot be one. */
export function readDraft(text: string | null): Draft | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    if (!isJsonObject(value) || typeof value.text !== 'string') return null
    if (value.base !== null && !isBase(value.base)) return null
    return { text: value.text, base: value.base }
  } catch {
    return null
  }
}

/** The draft of whom the page is for, which neither a reload nor the end of their session loses. */
export const loadDraft = (key: string): Draft | null => readDraft(kept(PREFIX + key))

/** Keeps a draft, as far as the browser lets it (`canKeepDrafts`); null forgets it. */
export const keepDraft = (key: string, draft: Draft | null): void =>
  void keep(PREFIX + key, draft === null ? null : JSON.stringify(draft))

/** Whether this browser keeps anything for a reload. */
export const canKeepDrafts = (): boolean => keep(PREFIX, '') && keep(PREFIX, null)
