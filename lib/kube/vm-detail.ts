import { readConditions } from '../fleet/project-conditions.ts'
import { createReader, fieldsOf, itemsOf } from '../fleet/reader.ts'
import { whoOf } from '../fleet/trail/entry.ts'
import type { Reader } from '../fleet/reader.ts'
import type { VmCondition, VmDetail, VmEvent } from '../fleet/vm-detail.ts'
import type { ProblemCode } from '../fleet/writes/answer.ts'
import { failureWords } from './failure-words.ts'
import { problemResponse } from './problem.ts'
import type { FleetService } from './fleet-service.ts'
import type { Transport } from './transport.ts'
import { callerOf, viewFor } from './caller-of.ts'
import { problemsAnswered } from './api/answer-action.ts'
import { vmInSight } from './vm-in-sight.ts'
import type { Looking } from './vm-in-sight.ts'

/** Names as Kubernetes allows them; anything else cannot name a VM and must not reach a path. */
const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/

function textMap(value: unknown): Record<string, string> {
  const texts = Object.entries(fieldsOf(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(texts)
}

function conditionsOf(pod: Record<string, unknown>, read: Reader): VmCondition[] {
  const conditions = readConditions(fieldsOf(pod.status).conditions, read)
  return [...conditions].map(([type, { status, reason, message, since }]) => ({
    type,
    status,
    reason,
    message,
    lastTransitionTime: since ?? '',
  }))
}

function eventOf(event: Record<string, unknown>, read: Reader): VmEvent {
  const seen = event.lastTimestamp ?? event.eventTime ?? fieldsOf(event.metadata).creationTimestamp
  return {
    type: read.text('event type', event.type),
    reason: read.text('event reason', event.reason),
    message: read.text('event message', event.message, 4_096),
    count: Math.max(1, read.whole('event count', event.count, 0, Number.MAX_SAFE_INTEGER)),
    lastSeen: read.time('event time', seen) ?? '',
    source: read.text('event source', fieldsOf(event.source).component ?? event.reportingComponent),
    by: whoOf(event),
  }
}

interface Answer {
  status: number
  body: Record<string, unknown>
}

async function ask(
  transport: Transport,
  path: string,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await transport.open({ path, query, signal })
  return { status: answer.status, body: fieldsOf(await answer.json()) }
}

/** Events are an extra: when they do not come, the rest is shown all the same. */
const askForEvents = (...question: Parameters<typeof ask>): Promise<Answer> =>
  ask(...question).catch((error: unknown) => ({ status: 0, body: { message: failureWords(error) } }))

/** What the cluster itself said, or the bare status when it said nothing. */
const refusal = ({ status, body }: Answer) =>
  typeof body.message === 'string' && body.message !== '' ? body.message : `the API server answered ${status}`

const CODES: Readonly<Record<number, ProblemCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
}
const codeOf = ({ status }: Answer) => CODES[status] ?? 'unavailable'

async function detailAnswer(
  looking: Looking,
  { namespace, name }: { namespace: string; name: string },
  signal: AbortSignal,
): Promise<Response> {
  const id = `${namespace}/${name}`
  if (!NAME.test(namespace) || !NAME.test(name)) {
    return problemResponse({
      status: 404,
      code: 'not-found',
      title: 'No such VM',
      detail: `${id.slice(0, 600)} is no name of a VM.`,
    })
  }
  const vm = await vmInSight(looking, { namespace, name }, signal)
  const base = `/api/v1/namespaces/${namespace}`
  const read = createReader()
  try {
    const [pod, events] = await Promise.all([
      ask(looking.transport, `${base}/pods/${name}`, {}, signal),
      askForEvents(
        looking.transport,
        `${base}/events`,
        { fieldSelector: `involvedObject.uid=${vm.uid}`, limit: '200' },
        signal,
      ),
    ])
    if (pod.status !== 200) {
      const title = `Pod ${id} cannot be read`
      return problemResponse({ status: pod.status, code: codeOf(pod), title, detail: refusal(pod) })
    }
    const metadata = fieldsOf(pod.body.metadata)
    if (metadata.uid !== vm.uid) {
      return problemResponse({
        status: 409,
        code: 'recreated',
        title: `Pod ${id} was recreated`,
        detail: 'The VM that was asked for is gone and another one bears its name. Open it again.',
      })
    }
    const problems = events.status === 200 ? [] : [`Events of ${id} cannot be read: ${refusal(events)}`]
    const detail: VmDetail = {
      vm,
      conditions: conditionsOf(pod.body, read),
      annotations: textMap(metadata.annotations),
      labels: textMap(metadata.labels),
      events: (events.status === 200 ? itemsOf(events.body.items) : [])
        .map((event) => eventOf(event, read))
        .toSorted((a, b) => b.lastSeen.localeCompare(a.lastSeen)),
      problems: [...problems, ...read.problems],
    }
    return Response.json(detail, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return problemResponse({
      status: 502,
      code: 'unavailable',
      title: `The API server did not answer for ${id}`,
      detail: `${failureWords(error)}. The live facts still come from the watch; try again in a moment.`,
    })
  }
}

/** `GET /api/vms/{namespace}/{name}`, read as who asks. Parts that cannot be read are named in `problems`. */
export function vmDetailResponse(
  service: FleetService,
  request: Request,
  place: { namespace: string; name: string },
): Promise<Response> {
  return problemsAnswered(async () => {
    const caller = await callerOf(service, request)
    const looking = { transport: caller.transport, view: await viewFor(service, caller) }
    return detailAnswer(looking, place, request.signal)
  })
}
