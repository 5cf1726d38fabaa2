import { API_VERSION } from '../../cocoon/keys.ts'
import { KIND_OF } from '../writes/planned-write.ts'
import type { WrittenResource } from '../writes/planned-write.ts'
import type { TrailRecord, TrailTarget } from './record.ts'
import { reasonOf, sentenceOf } from './words.ts'

/** By which Events of the dashboard are known among all others. */
export const REPORTER = 'cocoon-dashboard'

/** Where an Event keeps what its sentence is made of. */
export const TRAIL_KEYS = {
  who: `${REPORTER}/who`,
  means: `${REPORTER}/as`,
  action: `${REPORTER}/action`,
  result: `${REPORTER}/result`,
  code: `${REPORTER}/code`,
  detail: `${REPORTER}/detail`,
  from: `${REPORTER}/from`,
  requestId: `${REPORTER}/request`,
  durationMs: `${REPORTER}/ms`,
} as const

/** The API server takes no longer ones. */
const MOST_MESSAGE = 1_024

const VERSION_OF: Record<WrittenResource, string> = {
  pods: 'v1',
  cocoonsets: API_VERSION,
  cocoonhibernations: API_VERSION,
}

/** What tells repeated ones: who did what to which object, with the same result. */
export const sameDeed = ({ who, action, target, detail, result, code }: TrailRecord): string =>
  JSON.stringify([who, action, target?.uid, target?.name, detail, result, code])

function cut(text: string): string {
  let kept = text
  const encoder = new TextEncoder()
  while (encoder.encode(kept).length > MOST_MESSAGE) kept = kept.slice(0, Math.floor(kept.length * 0.9))
  return kept
}

/** What of an Event changes when the same is done again. */
export function eventNews(record: TrailRecord, count: number) {
  const kept: Record<string, string> = {}
  for (const [field, key] of Object.entries(TRAIL_KEYS)) {
    const value = String(record[field as keyof typeof TRAIL_KEYS])
    if (value !== '') kept[key] = value
  }
  return {
    metadata: { annotations: kept },
    message: cut(sentenceOf(record)),
    count,
    lastTimestamp: `${record.at.slice(0, 19)}Z`,
  }
}

/**
 * The Event about one record, of core/v1: `kubectl describe` counts and dates those by `count` and `lastTimestamp`, and
 * events.k8s.io shows the very same object.
 * @param name of the Event; `instance` which process of the dashboard wrote it
 */
export function eventOf(record: TrailRecord, target: TrailTarget, name: string, instance: string) {
  const { metadata, ...news } = eventNews(record, 1)
  const { resource, namespace } = target
  const done = record.result === 'done' || record.result === 'tried'
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { ...metadata, name, namespace },
    involvedObject: {
      apiVersion: VERSION_OF[resource],
      kind: KIND_OF[resource],
      namespace,
      name: target.name,
      ...(target.uid === '' ? {} : { uid: target.uid }),
    },
    type: done ? 'Normal' : 'Warning',
    reason: reasonOf(record),
    action: record.action,
    ...news,
    firstTimestamp: news.lastTimestamp,
    source: { component: REPORTER },
    reportingComponent: REPORTER,
    reportingInstance: instance,
  }
}
