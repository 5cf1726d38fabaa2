import { isUtf8 } from 'node:buffer'
import type { KubeObject } from '../cocoon/kube-json.ts'
import { isResourceVersion } from './resource-version.ts'
import type { Identity } from './watch-sink.ts'

export interface ObjectVersion extends Identity {
  resourceVersion: string
}

/** The parts of a Kubernetes `Status` that decide what to do next. */
export interface StatusBody {
  code?: unknown
  reason?: unknown
  message?: unknown
  details?: { retryAfterSeconds?: unknown; causes?: { reason?: unknown }[] }
}

export type WatchFrame =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubeObject; version: ObjectVersion }
  | { type: 'BOOKMARK'; resourceVersion: string; endsInitialEvents: boolean }
  | { type: 'ERROR'; status: StatusBody }
  | { type: 'bad'; why: string }

const INITIAL_EVENTS_END = 'k8s.io/initial-events-end'

const bad = (why: string): WatchFrame => ({ type: 'bad', why })

/** Reads one line of a watch. It never throws: what it cannot understand is a frame of type `bad`. */
export function decodeWatchLine(line: Buffer): WatchFrame {
  if (!isUtf8(line)) return bad('the line is not UTF-8')
  let frame: unknown
  try {
    frame = JSON.parse(line.toString('utf8'))
  } catch {
    return bad('the line is not JSON')
  }
  if (!isRecord(frame)) return bad('the line is not an object')
  const { type, object } = frame
  if (!isRecord(object)) return bad('the event has no object')
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED': {
      const version = versionOf(object)
      return version ? { type, object, version } : bad('the object has no usable metadata')
    }
    case 'BOOKMARK': {
      const metadata = isRecord(object.metadata) ? object.metadata : {}
      const { resourceVersion, annotations } = metadata
      if (!isResourceVersion(resourceVersion)) return bad('the bookmark has no resource version')
      const endsInitialEvents = isRecord(annotations) && annotations[INITIAL_EVENTS_END] === 'true'
      return { type, resourceVersion, endsInitialEvents }
    }
    case 'ERROR':
      return { type, status: object }
    default:
      return bad('the event is of an unknown type')
  }
}

/** Which version of which object this is; undefined when it does not say so fully. */
export function versionOf(object: unknown): ObjectVersion | undefined {
  if (!isRecord(object) || !isRecord(object.metadata)) return undefined
  const { uid, name, namespace, resourceVersion } = object.metadata
  if (typeof uid !== 'string' || uid === '' || typeof name !== 'string' || name === '') return undefined
  if (namespace !== undefined && typeof namespace !== 'string') return undefined
  if (!isResourceVersion(resourceVersion)) return undefined
  return { uid, name, namespace: namespace ?? '', resourceVersion }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
