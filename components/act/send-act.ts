import type { ActionAnswer, Problem } from '../../lib/fleet/writes/answer.ts'

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

/**
 * Sends one request to our API and waits for its answer.
 * @throws NotDone with the problem document of the server, or with ours when there is no answer at all
 */
export async function sendAct(path: string, body: object, key: string): Promise<ActionAnswer> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key }
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const init = { method: 'POST', headers, body: JSON.stringify(body), signal }
  const response = await fetch(path, init).catch((error: unknown) => {
    throw new NotDone({
      title: 'The dashboard’s server did not answer',
      detail: `Nobody knows whether it was done (${error instanceof Error ? error.message : String(error)}). Asking again asks for the same once, not twice.`,
    })
  })
  const said: unknown = await response.json().catch(() => null)
  const { status } = response
  if (response.ok && said !== null) return said as ActionAnswer
  const problem = typeof said === 'object' ? said : null
  throw new NotDone({ title: `The server answered ${status} without saying why`, ...problem, status })
}
