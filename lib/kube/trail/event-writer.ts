import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { eventNews, eventOf, sameDeed } from '../../fleet/trail/event.ts'
import type { TrailRecord, TrailTarget } from '../../fleet/trail/record.ts'
import { callApi } from '../act/api-call.ts'
import type { Called } from '../act/api-call.ts'
import type { ApiRequest, Transport } from '../transport.ts'
import { createBounds } from './bounds.ts'
import { createLine } from './line.ts'

interface Doing {
  name: string
  transport?: Transport
}

/** Writes Events of the audit trail: as whoever did it where they may, else as the dashboard where it may. */
export interface EventWriter {
  /** Why no Event can be written for this now; null when it can be tried. */
  obstacle(record: TrailRecord, target: TrailTarget, doer: Doing): string | null
  /** Writes it some time; `failed` is told why it was not. Never throws. */
  write(record: TrailRecord, target: TrailTarget, doer: Doing, failed: (why: string) => void): void
  settled(withinMs: number): Promise<void>
}

/** The same done again within this time (ms) counts up the Event that there is. */
const SAME_WITHIN = 10 * 60_000
/** Whoever may not create Events is not tried again for so long (ms). */
const DENIED_FOR = 60_000
const MOST_REMEMBERED = 4_096
const EVENT_TIMEOUT_MS = 5_000

interface Written {
  name: string
  count: number
  until: number
  /** Whoever did it wrote it; else the dashboard did. */
  byDoer: boolean
}

/** Keeps the latest of what a map remembers. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key)
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= MOST_REMEMBERED) break
    map.delete(oldest)
  }
}

const requestOf = (namespace: string, name: string, body: object): ApiRequest => ({
  method: name === '' ? 'POST' : 'PATCH',
  path: `/api/v1/namespaces/${namespace}/events${name === '' ? '' : `/${name}`}`,
  headers: { 'content-type': name === '' ? 'application/json' : 'application/merge-patch+json' },
  body: JSON.stringify(body),
  headersTimeoutMs: EVENT_TIMEOUT_MS,
})

/** Whoever has signed out since is not known any more, and may not, either. */
const isDenied = (called: Called) =>
  called.kind === 'refused' && (called.refusal.status === 403 || called.refusal.status === 401)

function whyOf(called: Called): string {
  if (called.kind === 'unanswered') return called.why
  return called.kind === 'refused' ? called.refusal.message || `answered ${called.refusal.status}` : ''
}

/** Writes Events of the trail, in line and within bounds, and counts repeated ones up. */
export function createEventWriter({
  transport: own,
  now,
}: {
  transport: Transport
  now: () => number
}): EventWriter {
  const instance = hostname().slice(0, 128) || 'dashboard'
  const written = new Map<string, Written>()
  /** The last write about each: the next of the same waits for it. */
  const tails = new Map<string, Promise<void>>()
  const denied = new Map<string, number>()
  const bounds = createBounds(now)
  const line = createLine()
  /** '' is the dashboard itself. */
  const isBarred = (who: string, namespace: string) => (denied.get(`${who}\n${namespace}`) ?? 0) > now()

  const hasOwn = (doer: Doing): doer is Required<Doing> =>
    doer.transport !== undefined && doer.transport !== own

  const create = async (record: TrailRecord, target: TrailTarget, doer: Doing) => {
    const { namespace } = target
    const name = `${target.name.slice(0, 200).replace(/[-.]+$/, '')}.${randomBytes(8).toString('hex')}`
    const body = eventOf(record, target, name, instance)
    const asked = async (as: string, by: Transport) => {
      const called = await callApi(by, requestOf(namespace, '', body))
      if (isDenied(called)) keep(denied, `${as}\n${namespace}`, now() + DENIED_FOR)
      return { called, name, byDoer: by !== own }
    }
    if (hasOwn(doer) && !isBarred(doer.name, namespace)) {
      const answer = await asked(doer.name, doer.transport)
      if (!isDenied(answer.called)) return answer
    }
    return asked('', own)
  }

  const raise = async (record: TrailRecord, { namespace }: TrailTarget, there: Written, doer: Doing) => {
    there.count += 1
    const news = eventNews(record, there.count)
    const called = await callApi(
      there.byDoer ? (doer.transport ?? own) : own,
      requestOf(namespace, there.name, news),
    )
    return called.kind === 'ok'
  }

  return {
    obstacle({ who }, { namespace, uid }, doer) {
      if (isBarred('', namespace) && (!hasOwn(doer) || isBarred(who, namespace))) {
        const nobody = hasOwn(doer) ? `neither ${who} nor the dashboard may` : 'the dashboard may not'
        return `not written: ${nobody} create events in ${namespace}`
      }
      if (line.full()) return 'not written: too many wait'
      return bounds.pass(`${who}\n${uid}`) ? null : 'not written: too many about one object'
    },
    write(record, target, doer, failed) {
      const key = sameDeed(record)
      const before = tails.get(key)
      const done = line.join(async () => {
        await before
        const there = written.get(key)
        if (there !== undefined && there.until > now() && (await raise(record, target, there, doer))) return
        const { called, name, byDoer } = await create(record, target, doer)
        if (called.kind === 'ok') keep(written, key, { name, count: 1, until: now() + SAME_WITHIN, byDoer })
        else failed(`not written: ${whyOf(called)}`)
      })
      tails.set(key, done)
      void done.finally(() => tails.get(key) === done && tails.delete(key))
    },
    settled: line.settled,
  }
}
