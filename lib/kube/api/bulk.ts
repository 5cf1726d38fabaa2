import { randomUUID } from 'node:crypto'
import { BULK_ACTIONS } from '../../fleet/bulk/actions.ts'
import type { BulkAction, BulkArguments } from '../../fleet/bulk/actions.ts'
import type { BulkLine, Problem } from '../../fleet/writes/answer.ts'
import type { ActionAnswer } from '../../fleet/writes/answer.ts'
import type { Deed, Target } from '../act/deed.ts'
import { desireDeed } from '../act/hibernate-vm.ts'
import { removeHibernationDeed } from '../act/remove-hibernation.ts'
import { deleteSetDeed, forkSetDeed, migrateDeed, scaleDeed, suspendDeed } from '../act/set-deeds.ts'
import { deletePodDeed, forkVmDeed } from '../act/vm-deeds.ts'
import { callerOf } from '../caller-of.ts'
import type { Caller } from '../caller.ts'
import type { FleetService } from '../fleet-service.ts'
import { Refused } from '../problem.ts'
import { answerOnce, digestOf, problemsAnswered, readKey, readQuery } from './answer-action.ts'
import { parseInput } from './parse-input.ts'
import { readJsonBody } from './request-body.ts'
import { bulkBody, bulkQuery, idempotencyKey, noQuery } from './schemas.ts'

/** How many targets of one request are worked on at the same time. */
const AT_ONCE = 8

/** The arguments are there for the actions that take them, as the schema of the request has made sure. */
const DEEDS: Record<BulkAction, (target: Target, given: BulkArguments, seen?: number | string) => Deed> = {
  hibernate: (target) => desireDeed('hibernate', target),
  wake: (target) => desireDeed('wake', target),
  fork: (target, { count }) => forkVmDeed(target, count),
  restart: (target) => deletePodDeed('restart', target),
  'delete-vm': (target) => deletePodDeed('delete-vm', target),
  'remove-hibernation': (target) => removeHibernationDeed(target),
  suspend: (target) => suspendDeed('suspend', target),
  resume: (target) => suspendDeed('resume', target),
  'fork-set': (target, { count }) => forkSetDeed(target, count),
  'scale-set': (target, { replicas }, seen) =>
    scaleDeed(target, replicas, typeof seen === 'number' ? seen : undefined),
  'migrate-set': (target, { node }, seen) =>
    migrateDeed(target, node, typeof seen === 'string' ? seen : undefined),
  'delete-set': (target) => deleteSetDeed(target),
}

interface Work {
  deed: Deed
  once: { key: string | null; digest: string }
}

async function doOne(
  service: FleetService,
  caller: Caller,
  { deed, once }: Work,
  how: { dryRun: boolean; previews: boolean },
  index: number,
): Promise<BulkLine> {
  const { status, text } = await answerOnce(service, caller, once, deed, how.dryRun)
  if (status < 400) {
    const { preview, ...answer } = JSON.parse(text) as ActionAnswer
    return { index, state: 'done', answer: preview && how.previews ? { ...answer, preview } : answer }
  }
  return { index, state: 'refused', problem: JSON.parse(text) as Problem }
}

/** Works through the list, some at a time, until it ends, it is stopped, or nobody listens any more. */
async function workThrough(
  works: readonly Work[],
  gone: AbortSignal,
  tell: (line: BulkLine) => void,
  one: (work: Work, index: number) => Promise<BulkLine>,
): Promise<void> {
  const queue = works.entries()
  const count = { done: 0, refused: 0 }
  const worker = async () => {
    for (const [index, work] of queue) {
      if (gone.aborted) return
      tell({ index, state: 'started' })
      const line = await one(work, index)
      if (line.state === 'done' || line.state === 'refused') count[line.state] += 1
      tell(line)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, works.length) }, worker))
  tell({ state: 'finished', ...count, left: works.length - count.done - count.refused })
}

function streamOf(
  signal: AbortSignal,
  run: (gone: AbortSignal, tell: (line: BulkLine) => void) => Promise<void>,
): ReadableStream<Uint8Array> {
  const cancelled = new AbortController()
  const gone = AbortSignal.any([signal, cancelled.signal])
  const encoder = new TextEncoder()
  return new ReadableStream({
    async start(controller) {
      const tell = (line: BulkLine) => {
        if (!cancelled.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      try {
        await run(gone, tell)
        if (!cancelled.signal.aborted) controller.close()
      } catch (error) {
        controller.error(error)
      }
    },
    cancel: () => cancelled.abort(),
  })
}

/** Keys of one person are kept apart from those of another. */
const runKey = ({ name }: Caller, key: string) => JSON.stringify([name, key])

/**
 * `POST /api/bulk`: one action on many targets, answered as NDJSON, a line for each step as it happens. Whoever
 * stops listening stops what has not begun; what has begun ends. With an Idempotency-Key each target is done once,
 * however often the list is sent, and `DELETE` with the same key stops the rest while the answer goes on.
 */
export function answerBulk(service: FleetService, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    const caller = await callerOf(service, request)
    const key = readKey(request)
    const query = parseInput(bulkQuery, readQuery(request), 'the query')
    const body = parseInput(bulkBody, await readJsonBody(request), 'the body')
    // Who is not known any more is told so before there are lines to tell anything in.
    await caller.sight()
    const { action, targets, count = 0, replicas = 0, node = '' } = body
    const resource = BULK_ACTIONS[action].on
    const how = { dryRun: query.dryRun === 'true', previews: query.preview !== 'false' }
    const given = { count, replicas, node }
    const works = targets.map(({ seen, ...each }): Work => {
      const target: Target = { resource, ...each }
      const digest = digestOf('bulk', action, target, given, seen, how.dryRun)
      return { deed: DEEDS[action](target, given, seen), once: { key: key && `${key} ${each.uid}`, digest } }
    })
    const run = service.bulks.begin(key === null ? randomUUID() : runKey(caller, key))
    const stream = streamOf(AbortSignal.any([request.signal, run.stopped]), async (gone, tell) => {
      try {
        await workThrough(works, gone, tell, (work, index) => doOne(service, caller, work, how, index))
      } finally {
        run.ended()
      }
    })
    const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' }
    return new Response(stream, { headers })
  })
}

/**
 * `DELETE /api/bulk` with the Idempotency-Key of a bulk request that is being answered: what has not begun is not
 * begun, and the answer to that request ends by telling how many were left.
 */
export function stopBulk(service: FleetService, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    const caller = await callerOf(service, request)
    parseInput(noQuery, readQuery(request), 'the query')
    const key = parseInput(idempotencyKey, request.headers.get('idempotency-key') ?? '', 'Idempotency-Key')
    if (service.bulks.stop(runKey(caller, key))) return new Response(null, { status: 204 })
    const detail = 'No bulk request with this Idempotency-Key is being worked on here: it may have ended.'
    throw new Refused({ status: 404, code: 'not-found', title: 'There is nothing to stop', detail })
  })
}
