import { createHash } from 'node:crypto'
import type { Problem } from '../../fleet/writes/answer.ts'
import { newAttempt } from '../act/attempt.ts'
import type { Attempt } from '../act/attempt.ts'
import type { Deed } from '../act/deed.ts'
import type { KeptAnswer } from '../act/kept-answers.ts'
import { perform } from '../act/perform.ts'
import { callerOf, viewFor } from '../caller-of.ts'
import type { Caller } from '../caller.ts'
import type { FleetService } from '../fleet-service.ts'
import { beginNote } from '../trail/note-deed.ts'
import { problemResponse, Refused } from '../problem.ts'
import { parseInput } from './parse-input.ts'
import { readJsonBody } from './request-body.ts'
import type { ActionRoute } from './route.ts'
import { idempotencyKey, placeParams } from './schemas.ts'

/** The query as an object. @throws Refused when it says one thing twice */
export function readQuery(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.url)
  const names = [...searchParams.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    const detail = `The query says ${twice.slice(0, 100)} twice.`
    throw new Refused({ status: 400, code: 'bad-request', title: 'The request cannot be read', detail })
  }
  return Object.fromEntries(searchParams)
}

/** The request's Idempotency-Key; null when it has none. @throws Refused when it cannot be one */
export function readKey(request: Request): string | null {
  const key = request.headers.get('idempotency-key')
  return key === null ? null : parseInput(idempotencyKey, key, 'Idempotency-Key')
}

/** Everything that makes it this request and no other. */
export const digestOf = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64')

const kept = (status: number, document: object): KeptAnswer => ({ status, text: JSON.stringify(document) })

const refusedAnswer = (problem: Problem): KeptAnswer =>
  kept(problem.status, { type: 'about:blank', ...problem })

/** Does the deed and says what came of it, as the document that is answered. */
async function answered(
  service: FleetService,
  caller: Caller,
  deed: Deed,
  dryRun: boolean,
  attempt: Attempt,
): Promise<KeptAnswer> {
  const note = beginNote(service.trail, caller, deed, dryRun)
  try {
    const view = await viewFor(service, caller)
    const answer = await perform({ service, view, transport: caller.transport, dryRun }, deed, attempt)
    note(null, answer.object.uid)
    return kept(answer.write.method === 'POST' && deed.target.uid === '' && !dryRun ? 201 : 200, answer)
  } catch (error) {
    note(error)
    if (error instanceof Refused) return refusedAnswer(error.problem)
    throw error
  }
}

/**
 * Does a deed once per key: whoever asks again with the same key and the same request is told the same. A dry run
 * has no effect that could be had once, so its key means nothing, and is free for the request itself.
 */
export function answerOnce(
  service: FleetService,
  caller: Caller,
  once: { key: string | null; digest: string },
  deed: Deed,
  dryRun: boolean,
): Promise<KeptAnswer> {
  const work = (attempt: Attempt) => answered(service, caller, deed, dryRun, attempt)
  if (once.key === null || dryRun) return work(newAttempt())
  return service.answers.once(caller.name, once.key, once.digest, work)
}

function responseOf({ status, text }: KeptAnswer): Response {
  const problem = status >= 400
  const retryAfter = problem ? (JSON.parse(text) as Problem).retryAfter : undefined
  return new Response(text, {
    status,
    headers: {
      'content-type': problem ? 'application/problem+json' : 'application/json',
      'cache-control': 'no-store',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
  })
}

/** Answers a refusal as a problem document; any other error is a fault of the dashboard and goes on. */
export async function problemsAnswered(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refused) return problemResponse(error.problem)
    throw error
  }
}

const NO_BODY = new Refused({
  status: 400,
  code: 'bad-request',
  title: 'The request cannot be read',
  detail: 'This request takes no body.',
})

/**
 * Answers a request that acts: refuses what is not as its schemas say, and does the route's deed, once for an
 * Idempotency-Key. Requests of other sites are refused before any handler sees them (lib/access/door.ts).
 * @param params of the path, as they came; null for a path without
 */
export function answerAction(
  service: FleetService,
  request: Request,
  route: ActionRoute,
  params: unknown,
): Promise<Response> {
  return problemsAnswered(async () => {
    const caller = await callerOf(service, request)
    const key = readKey(request)
    const place = params === null ? { namespace: '', name: '' } : parseInput(placeParams, params, 'the path')
    const sentQuery = readQuery(request)
    const query = parseInput(route.query, sentQuery, 'the query')
    const sentBody = await readJsonBody(request)
    if (route.body === null && sentBody !== undefined) throw NO_BODY
    const body = route.body === null ? null : parseInput(route.body, sentBody, 'the body')
    const digest = digestOf(route.method, route.path, place, query, body)
    const deed = route.deed(place, query, body)
    return responseOf(await answerOnce(service, caller, { key, digest }, deed, sentQuery.dryRun === 'true'))
  })
}
