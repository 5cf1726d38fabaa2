import { askServer } from '../../lib/live/ask-server.ts'

/** What our API answers when it cannot: RFC 9457, as far as it is there. */
interface Problem {
  title?: string
  detail?: string
}

function problemWords(problem: Problem, status: number): string {
  const words = [problem.title, problem.detail].filter((text) => typeof text === 'string' && text !== '')
  return words.length === 0 ? `The server answered ${status} without saying why.` : words.join(': ')
}

/** Our API has it not, for a reason that it says. */
export class NotRead extends Error {
  override name = 'NotRead'
  readonly status: number

  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

/**
 * Reads what our API has of one thing.
 * @throws NotRead in the server's own words when it has it not
 */
export async function getJson<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  const response = await askServer(path, { signal, headers: { accept: 'application/json' } })
  if (response.ok) return (await response.json()) as Answer
  const problem = (await response.json().catch(() => ({}))) as Problem
  throw new NotRead(problemWords(problem, response.status), response.status)
}
