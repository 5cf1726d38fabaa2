import type { JsonRecord } from '../../json.ts'
import { isRecord } from '../../json.ts'

const VOLATILE = new Set([
  'lastTransitionTime',

  'uid',
  'resourceVersion',
  'creationTimestamp',
  'managedFields',
  'clusterIP',
  'clusterIPs',
])
const TOKEN_VOLUME = /kube-api-access-[a-z0-9]{5}/g
const GENERATED = /(?<=^|")(x-|Z_)[bcdfghjklmnpqrstvwxz2456789]{5}(?="|$)/g
const UID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
/** Where a diff of internal types begins, which only the original can print. */
const DIFF = /\n@@ [^]*$/

/** The outcome of a patch as a whole, uid, times and managed fields included. */
const OUTCOME = /Invalid value: "\{.*\}"(?=: )/

const stableText = (text: string) =>
  text
    .replace(OUTCOME, 'Invalid value: "{...}"')
    .replaceAll(TOKEN_VOLUME, 'kube-api-access-xxxxx')
    .replaceAll(GENERATED, '$1xxxxx')
    .replaceAll(UID, 'UID')
    // A write that is only tried is never looked up by its whole key.
    .replaceAll('Key: /registry/', 'Key: /')
    .replace(DIFF, '')

/** What the original's scheduler and its admission of nodes add, whose counterparts here are not the API server. */
const isOfAnother = (item: unknown): boolean =>
  isRecord(item) &&
  (item.type === 'PodScheduled' ||
    (item.key === 'node.kubernetes.io/not-ready' && item.effect === 'NoSchedule'))

/** An answer without what differs from one run to the next. */
export function stable(value: unknown): unknown {
  if (typeof value === 'string') return stableText(value)
  if (Array.isArray(value)) return value.filter((item) => !isOfAnother(item)).map(stable)
  if (!isRecord(value)) return value
  const kept = Object.entries(value).filter(([key, item]) => {
    const emptied = Array.isArray(item) && item.length > 0 && item.every(isOfAnother)
    return !VOLATILE.has(key) && !emptied
  })
  const same = Object.fromEntries(kept.map(([key, item]) => [key, stable(item)]))
  return isRecord(same.details) && Array.isArray(same.details.causes) ? inOrder(same, same.details) : same
}

/** Go walks maps in any order, and the original tells some causes two or three times. */
function inOrder(status: JsonRecord, details: JsonRecord): JsonRecord {
  const causes = Array.isArray(details.causes) ? details.causes.map((cause) => JSON.stringify(cause)) : []
  const sorted = [...new Set(causes)].sort().map((text): unknown => JSON.parse(text))
  const message = String(status.message).replace(/ is invalid: \[[^]*$/, ' is invalid: [...]')
  return { ...status, message, details: { ...details, causes: sorted } }
}

/** What is compared of an answer: its code, its warnings and its body. */
export interface Answered {
  code: number
  warnings?: string
  body: unknown
}

/** Long values would be most of the recording. */
export function shortened(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/(.)\1{60,}/g, (run) => `${run.slice(0, 5)}×${run.length}`)
  if (Array.isArray(value)) return value.map(shortened)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item)]))
}
