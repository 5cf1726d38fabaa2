import type { Answer } from './exchange.ts'

/** What every run has anew: replaced by a name, so that answers of two runs can be compared. */
export interface Volatile {
  /** What the exchange was given and kept, by its name. */
  variables: ReadonlyMap<string, string>
  managedFields: boolean
  /** `127.0.0.1:6443` */
  host: string
}

type Json = Record<string, unknown>
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( \+0000 UTC|Z)/g
/** What the server adds to a name: five letters without vowels. */
const GENERATED = /\b(Bad_|gen-|kube-api-access-)[bcdfghjklmnpqrstvwxz2456789]{5}\b/g
/** How old something is, as tables print it. */
const AGE = /^(\d+[smhdy])+( \(x\d+ over \S+\))?$/
const NEAR_MS = 3 * 86_400_000
/** The text of a revision in a message, as opposed to any other number. */
const ABOUT_REVISIONS = /resource ?version|revision/i

const isNow = (text: string) =>
  Math.abs(Date.parse(text.replace(' +0000 UTC', 'Z').replace(' ', 'T')) - Date.now()) < NEAR_MS

/** Revisions of single objects keep their order; a list's and a bookmark's depend on what else happens. */
function collectRevisions(value: unknown, found: Set<number>): void {
  if (Array.isArray(value)) for (const one of value) collectRevisions(one, found)
  if (!isRecord(value)) return
  const { metadata } = value
  const text = isRecord(metadata) && !isCollective(value) ? metadata.resourceVersion : undefined
  if (typeof text === 'string' && /^\d+$/.test(text)) found.add(Number(text))
  for (const one of Object.values(value)) collectRevisions(one, found)
}

/** Whether the revision in its metadata is that of the whole store. */
function isCollective(value: Json): boolean {
  if (Array.isArray(value.items) || Array.isArray(value.rows) || value.rows === null) return true
  const metadata = isRecord(value.metadata) ? value.metadata : {}
  return !('name' in metadata)
}

/** Columns are described in one's own words, whichever those are. */
const isColumn = (value: Json) => 'priority' in value && 'description' in value && 'format' in value

/**
 * Makes the answers of one run of an exchange comparable with another run: uids become `<uid 1>`, `<uid 2>` in
 * order of appearance, revisions `<rv 1>`, `<rv 2>` in their own order, and so on.
 */
export function normalise(
  answers: readonly Answer[],
  { variables, managedFields, host }: Volatile,
): Answer[] {
  const revisions = new Set<number>()
  for (const answer of answers) collectRevisions(answer.body, revisions)
  const ranks = new Map([...revisions].sort((a, b) => a - b).map((one, index) => [String(one), index + 1]))
  const uids = new Map<string, number>()
  const named = [...variables]
    .filter(([, value]) => value.length > 3 && !/^\d+$/.test(value) && !UID.test(value))
    .sort(([, a], [, b]) => b.length - a.length)

  const text = (original: string): string => {
    let result = original
    for (const [name, value] of named) result = result.replaceAll(value, `<${name}>`)
    result = result.replaceAll(host, '<server>')
    result = result.replaceAll(GENERATED, '$1<generated>')
    result = result.replaceAll(UID, (uid) => {
      const rank = uids.get(uid) ?? uids.size + 1
      uids.set(uid, rank)
      return `<uid ${rank}>`
    })
    result = result.replaceAll(TIME, (time, fraction: string | undefined) =>
      isNow(time) ? (fraction ? '<micro time>' : '<time>') : time,
    )
    if (ABOUT_REVISIONS.test(result)) {
      result = result.replaceAll(/\b\d+\b/g, (digits) => {
        const rank = ranks.get(digits)
        return rank === undefined ? digits : `<rv ${rank}>`
      })
      result = result.replaceAll(
        /(current: |compaction: |in record \(|resourceVersion\\?": ?\\?")\d+/g,
        '$1<rv>',
      )
      result = result.replaceAll(/(version: \d+ )\(\d+\)/g, '$1(<rv>)')
    }
    return AGE.test(result) ? '<age>' : result
  }

  const member = (key: string, value: unknown, holder: Json): unknown => {
    if (key === 'continue' && typeof value === 'string' && value !== '') return '<continue>'
    if (key !== 'resourceVersion' || typeof value !== 'string' || !/^\d+$/.test(value)) return walk(value)
    const rank = 'name' in holder ? ranks.get(value) : undefined
    return rank === undefined ? '<rv>' : `<rv ${rank}>`
  }
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(walk)
    if (!isRecord(value)) return value
    const keys = Object.keys(value)
      .filter((key) => managedFields || key !== 'managedFields')
      .sort()
    // Own properties whatever they are called: `__proto__` is a name like any other.
    const own = isColumn(value) ? { ...value, description: '<words>' } : value
    return Object.fromEntries(keys.map((key) => [text(key), member(key, own[key], value)]))
  }
  return answers.map(({ status, headers, body }) => ({
    status,
    headers: walk(headers) as Record<string, string>,
    body: inOrder(walk(body)),
  }))
}

const lineOf = (cause: unknown) => (isRecord(cause) ? `${String(cause.field)}: ${String(cause.message)}` : '')

/**
 * The original tells several causes in an order that differs from time to time, and some once for each of its checks
 * that finds them: here they are sorted, and told once.
 */
function inOrder(body: unknown): unknown {
  const details = isRecord(body) ? body.details : undefined
  if (!isRecord(body) || !isRecord(details) || !Array.isArray(details.causes)) return body
  const lines = new Map(details.causes.map((cause) => [lineOf(cause), cause as unknown]))
  const causes = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cause]) => cause)
  const message = String(body.message)
  const unsorted = `[${[...lines.keys()].join(', ')}]`
  const start = message.indexOf('[')
  // Whatever comes between the brackets is repeated in the causes, but for what `field.Error` leaves out there.
  const sorted = message.endsWith(unsorted)
    ? message.slice(0, start) + `[${causes.map(lineOf).join(', ')}]`
    : message
  return { ...body, message: sorted, details: { ...details, causes } }
}
