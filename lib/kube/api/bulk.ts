import type { BulkLine, Problem } from '../../fleet/writes/answer.ts'
import type { ActionAnswer } from '../../fleet/writes/answer.ts'
import type { Deed, Target } from '../act/deed.ts'
import { desireDeed } from '../act/hibernate-vm.ts'
import { deleteSetDeed, forkSetDeed, suspendDeed } from '../act/set-deeds.ts'
import { deletePodDeed, forkVmDeed } from '../act/vm-deeds.ts'
import type { FleetService } from '../fleet-service.ts'
import { answerOnce, digestOf, problemsAnswered, readKey, readQuery } from './answer-action.ts'
import { parseInput } from './parse-input.ts'
import { readJsonBody } from './request-body.ts'
import { requireSameSite } from './same-site.ts'
import { requireActor } from './who-may-act.ts'
import { actionQuery, BULK_ACTIONS, bulkBody } from './schemas.ts'
import type { BulkAction } from './schemas.ts'

/** How many targets of one request are worked on at the same time. */
const AT_ONCE = 8

/** `count` is 0 for actions that take none. */
const DEEDS: Record<BulkAction, (target: Target, count: number) => Deed> = {
  hibernate: (target) => desireDeed('hibernate', target),
  wake: (target) => desireDeed('wake', target),
  restart: (target) => deletePodDeed('restart', target),
  fork: (target, count) => forkVmDeed(target, count),
  'delete-vm': (target) => deletePodDeed('delete-vm', target),
  suspend: (target) => suspendDeed('suspend', target),
  resume: (target) => suspendDeed('resume', target),
  'fork-set': (target, count) => forkSetDeed(target, count),
  'delete-set': (target) => deleteSetDeed(target),
}

interface Work {
  deed: Deed
  once: { key: string | null; digest: string }
}

async function doOne(
  service: FleetService,
  request: Request,
  { deed, once }: Work,
  dryRun: boolean,
  index: number,
): Promise<BulkLine> {
  const { status, text } = await answerOnce(service, request, once, deed, dryRun)
  if (status < 400) return { index, state: 'done', answer: JSON.parse(text) as ActionAnswer }
  return { index, state: 'refused', problem: JSON.parse(text) as Problem }
}

/** Works through the list, some at a time, until it ends or nobody listens any more. */
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

/**
 * `POST /api/bulk`: one action on many targets, answered as NDJSON, a line for each step as it happens. Whoever
 * stops listening stops what has not begun; what has begun ends. With an Idempotency-Key each target is done once,
 * however often the list is sent.
 */
export function answerBulk(service: FleetService, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    requireActor(service.acting, request)
    requireSameSite(request)
    const key = readKey(request)
    const query = parseInput(actionQuery, readQuery(request), 'the query')
    const { action, targets, count = 0 } = parseInput(bulkBody, await readJsonBody(request), 'the body')
    const resource = BULK_ACTIONS[action]
    const dryRun = query.dryRun === 'true'
    const works = targets.map((each): Work => {
      const target: Target = { resource, ...each }
      const digest = digestOf('bulk', action, target, count, dryRun)
      return { deed: DEEDS[action](target, count), once: { key: key && `${key} ${each.uid}`, digest } }
    })
    const body = streamOf(request.signal, (gone, tell) =>
      workThrough(works, gone, tell, (work, index) => doOne(service, request, work, dryRun, index)),
    )
    const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' }
    return new Response(body, { headers })
  })
}
