import { isJsonObject } from '../../../lib/cocoon/schema.ts'
import type { Path } from './path.ts'

/** One field that differs; undefined where it is not there. */
export interface FieldChange {
  path: Path
  value: unknown
}

/** A field that both changed, each to something else. */
export interface Clash {
  path: Path
  base: unknown
  mine: unknown
  theirs: unknown
}

/** What became of two edits of the same document. */
export interface Merge {
  /** Changes of theirs that touch nothing of mine. */
  taken: FieldChange[]
  clashes: Clash[]
}

/** The same for the same meaning, whatever the order of the fields. */
export const sameJson = (one: unknown, other: unknown): boolean => textOf(one) === textOf(other)

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isJsonObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? ''

const namesOf = (list: readonly unknown[]) => list.map((item) => (isJsonObject(item) ? item.name : undefined))

/** Lists are compared item by item only while they hold the same named items; otherwise each is one value. */
function sameItems(lists: readonly (readonly unknown[])[]): boolean {
  const [first = [], ...others] = lists.map(namesOf)
  return first.every((name) => typeof name === 'string') && others.every((names) => sameJson(names, first))
}

function membersOf(values: readonly unknown[]): readonly (string | number)[] | null {
  if (values.every(isJsonObject)) return [...new Set(values.flatMap((value) => Object.keys(value)))]
  if (values.every((value) => Array.isArray(value))) {
    return sameItems(values) ? Array.from(values[0] ?? [], (_, at) => at) : null
  }
  return null
}

const member = (value: unknown, name: string | number): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string | number, unknown>)[name]
    : undefined

/** An absent mapping is an empty one, so that two people may each begin it. */
const opened = (value: unknown, others: readonly unknown[]) =>
  value === undefined && others.some(isJsonObject) ? {} : value

function walk(path: Path, base: unknown, mine: unknown, theirs: unknown, merge: Merge): void {
  if (sameJson(base, theirs) || sameJson(mine, theirs)) return
  if (sameJson(base, mine)) {
    const inner = membersOf([base, theirs])
    if (inner === null) merge.taken.push({ path, value: theirs })
    else
      for (const name of inner) {
        walk([...path, name], member(base, name), member(mine, name), member(theirs, name), merge)
      }
    return
  }
  const all = [base, mine, theirs]
  const inner = membersOf(all.map((value) => opened(value, all)))
  if (inner === null) merge.clashes.push({ path, base, mine, theirs })
  else
    for (const name of inner) {
      walk([...path, name], member(base, name), member(mine, name), member(theirs, name), merge)
    }
}

/** Puts another person's edit of `base` beside mine (JSON values): what fits together, and what does not. */
export function threeWay(base: unknown, mine: unknown, theirs: unknown): Merge {
  const merge: Merge = { taken: [], clashes: [] }
  walk([], base, mine, theirs, merge)
  return merge
}
