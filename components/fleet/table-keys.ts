import type { ArrangedItem } from '../../lib/fleet/arrange-types.ts'

export type TableMove =
  | { kind: 'go'; index: number }
  | { kind: 'toggle'; key: string }
  | { kind: 'open'; uid: string }
  | { kind: 'tick'; item: ArrangedItem }

interface Place {
  items: readonly ArrangedItem[]
  index: number
  /** Rows that fit on the screen. */
  page: number
}

const groupAbove = (items: readonly ArrangedItem[], index: number) =>
  items.findLastIndex((item, at) => at < index && item.kind === 'group')

const go = (items: readonly ArrangedItem[], index: number): TableMove | null =>
  items.length === 0 ? null : { kind: 'go', index: Math.max(0, Math.min(index, items.length - 1)) }

function left({ items, index }: Place): TableMove | null {
  const item = items[index]
  if (item?.kind === 'group') return item.collapsed ? null : { kind: 'toggle', key: item.key }
  const parent = groupAbove(items, index)
  return parent < 0 ? null : go(items, parent)
}

function right({ items, index }: Place): TableMove | null {
  const item = items[index]
  if (item?.kind !== 'group') return null
  if (item.collapsed) return { kind: 'toggle', key: item.key }
  return items[index + 1]?.kind === 'vm' ? go(items, index + 1) : null
}

function act({ items, index }: Place): TableMove | null {
  const item = items[index]
  if (item === undefined) return null
  return item.kind === 'group' ? { kind: 'toggle', key: item.key } : { kind: 'open', uid: item.uid }
}

function tick({ items, index }: Place): TableMove | null {
  const item = items[index]
  return item === undefined ? null : { kind: 'tick', item }
}

const MOVES: Record<string, (place: Place) => TableMove | null> = {
  ArrowDown: ({ items, index }) => go(items, index + 1),
  ArrowUp: ({ items, index }) => go(items, index - 1),
  PageDown: ({ items, index, page }) => go(items, index + page),
  PageUp: ({ items, index, page }) => go(items, index - page),
  Home: ({ items }) => go(items, 0),
  End: ({ items }) => go(items, items.length - 1),
  ArrowLeft: left,
  ArrowRight: right,
  Enter: act,
  ' ': tick,
}

/** What a key does in the table, as a tree grid does it; null when the table has no use for the key. */
export function tableMove(key: string, place: Place): TableMove | null {
  return Object.hasOwn(MOVES, key) ? (MOVES[key]?.(place) ?? null) : null
}
