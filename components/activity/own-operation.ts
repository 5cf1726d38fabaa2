/**
 * How a request of this browser stands. The answer of our server ends it: what the cluster then does with what was
 * accepted is told by the fleet's own operations, not by this.
 */
export const OWN_STATES = ['asking', 'accepted', 'partly', 'refused', 'cancelled', 'unknown'] as const

export type OwnState = (typeof OWN_STATES)[number]

/** What one request was about; null where it was about many. */
export interface OwnTarget {
  kind: 'vm' | 'set'
  namespace: string
  name: string
}

/** One thing that this browser asked for, refused ones too. Kept for the tab's life, over reloads. */
export interface OwnOperation {
  id: string
  /** What was asked, as on the button, with the object: "Hibernate web-1", "Wake 12 VMs". */
  title: string
  target: OwnTarget | null
  /** ISO 8601, by this browser's clock. */
  askedAt: string
  /** ISO 8601; null while it is asked. */
  endedAt: string | null
  state: OwnState
  /** What came of it, in one or two sentences; '' while there is nothing to say. */
  message: string
  /** What to do about it; '' where the message says it, or nothing is to be done. */
  advice: string
  /** Of a request about many: how many are settled, and which way. */
  progress: { done: number; refused: number; total: number } | null
}

/** More than one looks at; the oldest go first. */
const MOST = 60
const LONGEST_TEXT = 1_000

const RELOADED =
  'The page was reloaded before the answer came: look at the object to see whether it was done.'

/** The list with one more in front. */
export const withOwn = (list: readonly OwnOperation[], added: OwnOperation): OwnOperation[] =>
  [added, ...list.filter(({ id }) => id !== added.id)].slice(0, MOST)

/** The list with one of them changed; what it does not hold any more is not brought back. */
export const changedOwn = (
  list: readonly OwnOperation[],
  id: string,
  change: Partial<OwnOperation>,
): OwnOperation[] => list.map((own) => (own.id === id ? { ...own, ...change, id } : own))

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : '')
const count = (value: unknown): number => (Number.isSafeInteger(value) ? Number(value) : 0)

function readTarget(value: unknown): OwnTarget | null {
  if (!isRecord(value) || (value.kind !== 'vm' && value.kind !== 'set')) return null
  return { kind: value.kind, namespace: text(value.namespace), name: text(value.name) }
}

function readOwn(value: unknown): OwnOperation[] {
  if (!isRecord(value) || text(value.id) === '') return []
  const { progress } = value
  const own: OwnOperation = {
    id: text(value.id),
    title: text(value.title),
    target: readTarget(value.target),
    askedAt: text(value.askedAt),
    endedAt: typeof value.endedAt === 'string' ? text(value.endedAt) : null,
    state: OWN_STATES.find((state) => state === value.state) ?? 'unknown',
    message: text(value.message),
    advice: text(value.advice),
    progress: isRecord(progress)
      ? { done: count(progress.done), refused: count(progress.refused), total: count(progress.total) }
      : null,
  }
  // Whoever waited for the answer went with the page.
  return [own.state === 'asking' ? { ...own, state: 'unknown', message: RELOADED } : own]
}

/** The list as an earlier page of this tab kept it; what cannot be read is left out. */
export function readOwnList(kept: string | null): OwnOperation[] {
  try {
    const list: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(list) ? list.flatMap(readOwn).slice(0, MOST) : []
  } catch {
    return []
  }
}
