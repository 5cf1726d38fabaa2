import { can } from '../fleet/can/can.ts'
import { logSource, LOG_TAILS } from '../fleet/log/vm-log.ts'
import type { VmLog } from '../fleet/log/vm-log.ts'
import type { VmSubject } from '../fleet/can/subjects.ts'
import { noAnswer, refusalProblem } from './act/refusal-problem.ts'
import { problemsAnswered, readQuery } from './api/answer-action.ts'
import { parseInput } from './api/parse-input.ts'
import { logQuery, placeParams } from './api/schemas.ts'
import type { Place } from './api/route.ts'
import type { ApiResponse } from './api-response.ts'
import { callerOf, viewFor } from './caller-of.ts'
import { failureWords } from './failure-words.ts'
import type { FleetService } from './fleet-service.ts'
import { Refused } from './problem.ts'
import { readRefusal } from './refusal.ts'
import { vmInSight } from './vm-in-sight.ts'
import type { Looking } from './vm-in-sight.ts'

/** More of a log is no reading; a guest may write lines of any length. */
const MOST_BYTES = 4 * 1024 * 1024

async function subjectOf(looking: Looking, place: Place, signal: AbortSignal): Promise<VmSubject> {
  const vm = await vmInSight(looking, place, signal)
  return { vm, set: null, main: null, node: looking.view.nodeNamed(vm.node) ?? null }
}

/** What a refusal may say of when to ask again. */
const LONGEST_WAIT_MS = 60_000

/** The end of a body, as far as it fits: what comes last is what one looks for. */
async function endOf(answer: ApiResponse): Promise<{ text: string; cut: boolean }> {
  const parts: Buffer[] = []
  let bytes = 0
  let cut = false
  for await (const part of answer.chunks()) {
    parts.push(part)
    bytes += part.length
    while (bytes - (parts[0]?.length ?? 0) > MOST_BYTES) {
      bytes -= parts.shift()?.length ?? 0
      cut = true
    }
  }
  const text = Buffer.concat(parts).toString('utf8')
  // The first line of a text that was cut is not whole.
  return { text: cut ? text.slice(text.indexOf('\n') + 1) : text, cut }
}

/**
 * `GET /api/vms/{namespace}/{name}/logs?tail=`: the last lines that the node agent gives, as who asks (contract 6.7).
 * Neither following nor times can be asked of it.
 */
export function vmLogResponse(service: FleetService, request: Request, params: unknown): Promise<Response> {
  return problemsAnswered(async () => {
    const caller = await callerOf(service, request)
    const { transport } = caller
    const { namespace, name } = parseInput(placeParams, params, 'the path')
    const { tail = LOG_TAILS[0] } = parseInput(logQuery, readQuery(request), 'the query')
    const looking = { transport, view: await viewFor(service, caller) }
    const subject = await subjectOf(looking, { namespace, name }, request.signal)
    const title = `The log of ${namespace}/${name} cannot be read`
    const verdict = can.logs(subject, undefined)
    if (!verdict.ok) throw new Refused({ status: 409, code: 'not-possible', title, detail: verdict.reason })
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/log`
    const read = async () => {
      const answer = await transport.open({
        path,
        query: { tailLines: tail },
        accept: 'text/plain, application/json',
        signal: request.signal,
      })
      if (answer.status !== 200) return { refusal: await readRefusal(answer, Date.now(), LONGEST_WAIT_MS) }
      if (!/^text\/html\b/.test(answer.headers['content-type'] ?? '')) return endOf(answer)
      answer.discard()
      throw new Error('something that is not the API server answered')
    }
    const said = await read().catch((error: unknown) => {
      throw noAnswer(title, failureWords(error))
    })
    if ('refusal' in said) throw new Refused(refusalProblem(said.refusal, title))
    const asOf = new Date().toISOString()
    const log: VmLog = { uid: subject.vm.uid, source: logSource(subject), asOf, tail, ...said }
    return Response.json(log, { headers: { 'cache-control': 'no-store' } })
  })
}
