import { REPORTER } from '../../fleet/trail/event.ts'
import { latestFirst, trailEntryOf } from '../../fleet/trail/entry.ts'
import type { TrailEntry } from '../../fleet/trail/entry.ts'
import { fieldsOf, itemsOf } from '../../fleet/reader.ts'
import { callApi } from '../act/api-call.ts'
import type { Called } from '../act/api-call.ts'
import { noAnswer, refusalProblem } from '../act/refusal-problem.ts'
import { Refused } from '../problem.ts'
import type { Transport } from '../transport.ts'

/** What the cluster still remembers of the trail, as far as somebody may read events. */
export interface ReadTrail {
  /** The latest first. */
  entries: TrailEntry[]
  /** The namespaces that were read; null for all. */
  namespaces: string[] | null
  /** There were more than are read. */
  more: boolean
}

const PAGE = 500
/** More than this is not read: the lasting record is the log. */
const MOST = 10_000
const AT_ONCE = 8
const TITLE = 'The audit trail cannot be read'

const isForbidden = (called: Called) => called.kind === 'refused' && called.refusal.status === 403

/** All pages of one list; the refusal of its first page, where that is 403. */
async function readPages(transport: Transport, namespace: string | null): Promise<ReadTrail | 'forbidden'> {
  const path = namespace === null ? '/api/v1/events' : `/api/v1/namespaces/${namespace}/events`
  const entries: TrailEntry[] = []
  let next = ''
  do {
    const query = {
      fieldSelector: `reportingComponent=${REPORTER}`,
      limit: PAGE,
      continue: next === '' ? undefined : next,
    }
    const called = await callApi(transport, { path, query })
    if (isForbidden(called)) return 'forbidden'
    if (called.kind === 'unanswered') throw noAnswer(TITLE, called.why)
    // The rest of a list that took too long to read: what there is, is shown.
    if (called.kind === 'refused' && called.refusal.status === 410 && next !== '') break
    if (called.kind === 'refused') throw new Refused(refusalProblem(called.refusal, TITLE))
    entries.push(...itemsOf(called.body.items).map(trailEntryOf))
    const token = fieldsOf(called.body.metadata).continue
    next = typeof token === 'string' ? token : ''
  } while (next !== '' && entries.length < MOST)
  return { entries, namespaces: namespace === null ? null : [namespace], more: next !== '' }
}

/**
 * The trail as the API server shows it to whoever the transport speaks for: of the whole cluster where they may list
 * events there, else of those of `namespaces` where they may; those are asked for only then.
 * @throws Refused when it cannot be read, `forbidden` when events of none of them may be listed
 */
export async function readTrail(
  transport: Transport,
  namespaces: () => Promise<readonly string[]>,
): Promise<ReadTrail> {
  const whole = await readPages(transport, null)
  if (whole !== 'forbidden') return { ...whole, entries: whole.entries.sort(latestFirst) }
  const queue = (await namespaces()).values()
  const parts: ReadTrail[] = []
  const worker = async () => {
    for (const namespace of queue) {
      const part = await readPages(transport, namespace)
      if (part !== 'forbidden') parts.push(part)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  if (parts.length === 0) {
    throw new Refused({
      status: 403,
      code: 'forbidden',
      title: TITLE,
      detail:
        'You may not list events, of which the audit page is made. Somebody who administers the cluster can grant it.',
    })
  }
  return {
    entries: parts.flatMap(({ entries }) => entries).sort(latestFirst),
    namespaces: parts.flatMap((part) => part.namespaces ?? []).sort(),
    more: parts.some(({ more }) => more),
  }
}

/** The same of one namespace. @throws Refused as `readTrail` */
export async function readTrailOf(transport: Transport, namespace: string): Promise<ReadTrail> {
  const part = await readPages(transport, namespace)
  if (part !== 'forbidden') return { ...part, entries: part.entries.sort(latestFirst) }
  throw new Refused({
    status: 403,
    code: 'forbidden',
    title: TITLE,
    detail: `You may not list events in ${namespace}. Somebody who administers the cluster can grant it.`,
  })
}
