import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { Clock } from '../clock.ts'
import { kubeTime } from '../kube-time.ts'
import type { Random } from '../random.ts'
import { isNotFound, isTerminating } from './api-error.ts'
import type { KubeClient } from './kube-client.ts'
import { refOf } from './resources.ts'

export interface EventText {
  type: 'Normal' | 'Warning'
  reason: string
  message: string
}

/** Writes an event about an object; the same words about the same object only raise a count. */
export type RecordEvent = (about: KubeObject, event: EventText) => Promise<void>

interface Written {
  name: string
  count: number
}

/** How many different events a recorder remembers before it starts counting anew. */
const REMEMBERED = 4096

export interface RecorderOptions {
  client: KubeClient
  clock: Clock
  random: Random
  component: string
  host?: string
  /** Told of events that could not be written; they are not tried again. */
  failed?: (what: string, error: unknown) => void
}

const keyOfEvent = (about: KubeObject, event: EventText) =>
  [about.metadata?.uid, event.type, event.reason, event.message].join('\n')

/** A recorder for one component, which never throws (contract 4.9, 5, 6.2). */
export function eventRecorder(options: RecorderOptions): RecordEvent {
  const written = new Map<string, Written>()
  const write: RecordEvent = async (about, event) => {
    const key = keyOfEvent(about, event)
    const { namespace: home, name } = refOf(about)
    // Events about what has no namespace are kept in `default`, as client-go does.
    const namespace = home || 'default'
    const at = kubeTime(options.clock.now())
    const before = written.get(key)
    if (before) {
      try {
        before.count += 1
        const body = { count: before.count, lastTimestamp: at }
        await options.client.patch('events', { namespace, name: before.name }, body)
        return
      } catch (error) {
        if (!isNotFound(error)) throw error
        written.delete(key)
      }
    }
    if (written.size >= REMEMBERED) written.clear()
    const eventName = `${name}.${options.random.hex(16)}`
    written.set(key, { name: eventName, count: 1 })
    await options.client.create('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: eventName, namespace },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        ...(home === '' ? {} : { namespace: home }),
        name,
        uid: about.metadata?.uid,
      },
      ...event,
      count: 1,
      firstTimestamp: at,
      lastTimestamp: at,
      source: { component: options.component, ...(options.host ? { host: options.host } : {}) },
      reportingComponent: options.component,
      reportingInstance: options.host ?? '',
    })
  }
  return async (about, event) => {
    try {
      await write(about, event)
    } catch (error) {
      // An event is only talk: whatever the server has against it, the work that it tells of goes on.
      written.delete(keyOfEvent(about, event))
      const { namespace, name } = refOf(about)
      // What goes with its namespace needs no event.
      if (!isTerminating(error)) options.failed?.(`event ${event.reason} about ${namespace}/${name}`, error)
    }
  }
}
