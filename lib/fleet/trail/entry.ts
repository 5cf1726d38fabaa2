import { createReader, fieldsOf } from '../reader.ts'
import { REPORTER, TRAIL_KEYS } from './event.ts'
import { TRAIL_ACTIONS, TRAIL_MEANS, TRAIL_RESULTS } from './record.ts'
import type { TrailAction, TrailMeans, TrailResult } from './record.ts'

/** One line of the audit page, as an Event of the cluster tells it. */
export interface TrailEntry {
  /** The uid of the Event. */
  id: string
  /** ISO 8601: the last time; '' when the cluster does not say. */
  at: string
  /** ISO 8601: the first of `count` times. */
  since: string
  count: number
  who: string
  means: TrailMeans | ''
  action: TrailAction | ''
  reason: string
  kind: string
  namespace: string
  name: string
  uid: string
  result: TrailResult | ''
  code: string
  detail: string
  from: string
  requestId: string
  /** How long it took; of a console that was closed, how long it was open. Null when the Event does not say. */
  durationMs: number | null
  message: string
}

const MOST_MESSAGE = 4_096

/** One of `known`, or '' for what a later version, or a stranger, wrote. */
const oneOf = <Known extends string>(known: readonly Known[], text: string): Known | '' =>
  known.find((each) => each === text) ?? ''

/** Whether the dashboard says that it wrote this Event; whoever may create Events may say so, too. */
export const isTrail = (event: Record<string, unknown>) => event.reportingComponent === REPORTER

/** Who did it, of an Event of the dashboard; '' of any other. */
export const whoOf = (event: Record<string, unknown>): string => {
  const who = fieldsOf(fieldsOf(event.metadata).annotations)[TRAIL_KEYS.who]
  return isTrail(event) && typeof who === 'string' ? who.slice(0, 512) : ''
}

/** Reads an Event; strangers may have written any of it, so what is not as it should be is empty. */
export function trailEntryOf(event: Record<string, unknown>): TrailEntry {
  const read = createReader()
  const metadata = fieldsOf(event.metadata)
  const kept = fieldsOf(metadata.annotations)
  const about = fieldsOf(event.involvedObject)
  const text = (value: unknown) => read.text('', value)
  const ms = text(kept[TRAIL_KEYS.durationMs])
  const at = read.time('', event.lastTimestamp ?? event.eventTime ?? metadata.creationTimestamp) ?? ''
  return {
    id: text(metadata.uid),
    at,
    since: read.time('', event.firstTimestamp ?? event.eventTime) ?? at,
    count: Math.max(1, read.whole('', event.count, 0, Number.MAX_SAFE_INTEGER)),
    who: text(kept[TRAIL_KEYS.who]),
    means: oneOf(TRAIL_MEANS, text(kept[TRAIL_KEYS.means])),
    action: oneOf(TRAIL_ACTIONS, text(kept[TRAIL_KEYS.action])),
    reason: text(event.reason),
    kind: text(about.kind),
    namespace: text(about.namespace),
    name: text(about.name),
    uid: text(about.uid),
    result: oneOf(TRAIL_RESULTS, text(kept[TRAIL_KEYS.result])),
    code: text(kept[TRAIL_KEYS.code]),
    detail: text(kept[TRAIL_KEYS.detail]),
    from: text(kept[TRAIL_KEYS.from]),
    requestId: text(kept[TRAIL_KEYS.requestId]),
    durationMs: /^\d{1,15}$/.test(ms) ? Number(ms) : null,
    message: read.text('', event.message, MOST_MESSAGE),
  }
}

/** The latest first. */
export const latestFirst = (a: TrailEntry, b: TrailEntry) =>
  b.at.localeCompare(a.at) || a.id.localeCompare(b.id)
