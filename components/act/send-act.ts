import type { ActionAnswer, Problem } from '../../lib/fleet/writes/answer.ts'
import { askServer } from '../../lib/live/ask-server.ts'

/** One request to our own API. */
export interface ActRequest {
  /** POST unless said. */
  method?: 'POST' | 'PUT' | 'DELETE'
  /** With its query, where it has one. */
  path: string
  /** Left out where the API takes none. */
  body?: object
}

/** A request that was not done, or of which nobody knows; `problem` is the server's own words where it had some. */
export class NotDone extends Error {
  override name = 'NotDone'
  readonly problem: Partial<Problem>

  constructor(problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? 'The server did not say why.')
    this.problem = problem
  }
}

/** Letters for an Idempotency-Key. `crypto.randomUUID` exists only on secure origins, which an intranet may not be. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

/** Nothing is known of the outcome: the same key asks for the same effect once more, not for another. */
export const outcomeIsOpen = ({ problem }: NotDone): boolean =>
  problem.status === undefined || problem.status < 400 || problem.status >= 500 || problem.status === 429

/** Longer than the server itself tries: the dialog stays open until there is an answer. */
const PATIENCE_MS = 40_000
/** Nobody waits longer to be told what a click would do: then it is said that it could not be tried. */
const TRIAL_PATIENCE_MS = 8_000

const because = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** What a server said; null for what is no JSON, as the page of a proxy in between. @throws what broke the answer off */
async function saidBy(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function ask(
  { method = 'POST', path, body }: ActRequest,
  more: { headers?: Record<string, string>; signal: AbortSignal },
  noAnswer: (why: string) => Partial<Problem>,
): Promise<ActionAnswer> {
  const headers: Record<string, string> = { ...more.headers }
  if (body !== undefined) headers['content-type'] = 'application/json'
  const text = body === undefined ? {} : { body: JSON.stringify(body) }
  const init = { method, headers, ...text, signal: more.signal }
  const broken = (error: unknown): never => {
    throw new NotDone(noAnswer(because(error)))
  }
  const response = await askServer(path, init).catch(broken)
  const said = await saidBy(response).catch(broken)
  const { status } = response
  if (response.ok && said !== null) return said as ActionAnswer
  const problem = typeof said === 'object' ? said : null
  throw new NotDone({ title: `The server answered ${status} without saying why`, ...problem, status })
}

/**
 * Sends one request to our API and waits for its answer.
 * @throws NotDone with the problem document of the server, or with ours when there is no answer at all
 */
export function sendAct(request: ActRequest, key: string): Promise<ActionAnswer> {
  const how = { headers: { 'idempotency-key': key }, signal: AbortSignal.timeout(PATIENCE_MS) }
  return ask(request, how, (why) => ({
    title: 'The dashboard’s server did not answer',
    detail: `Nobody knows whether it was done (${why}). Asking again asks for the same once, not twice.`,
  }))
}

/**
 * Lets the cluster try a request without effect.
 * @throws NotDone like sendAct; nothing was done in any case
 */
export function tryAct(request: ActRequest, signal: AbortSignal): Promise<ActionAnswer> {
  const path = `${request.path}${request.path.includes('?') ? '&' : '?'}dryRun=true`
  const until = AbortSignal.any([signal, AbortSignal.timeout(TRIAL_PATIENCE_MS)])
  return ask({ ...request, path }, { signal: until }, (why) => ({
    detail: `The dashboard’s server did not answer (${why}).`,
  }))
}
