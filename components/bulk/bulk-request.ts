import { BULK_ACTIONS } from '../../lib/fleet/bulk/actions.ts'
import type { BulkAction, BulkArguments, BulkTarget } from '../../lib/fleet/bulk/actions.ts'
import type { BulkLine, Problem } from '../../lib/fleet/writes/answer.ts'
import { NotDone } from '../act/send-act.ts'
import { gather } from './gather.ts'
import { askServer } from '../../lib/live/ask-server.ts'

/** One request to `POST /api/bulk`. */
export interface BulkRequest {
  action: BulkAction
  given: BulkArguments
  targets: readonly BulkTarget[]
  /** Null for a dry run, which has no effect to be had once. */
  key: string | null
}

/** Our server tells of each target within half a minute: whoever is silent for longer is not there any more. */
const SILENCE_MS = 60_000
/** Thousands of lines must not render the page thousands of times. */
const TELL_EVERY_MS = 150

/** A signal that comes with `outer`, or after so long a silence. */
function impatient(outer: AbortSignal): { signal: AbortSignal; heard(): void; end(): void } {
  const silent = new AbortController()
  const why = new DOMException('The server fell silent', 'TimeoutError')
  const wait = () => setTimeout(() => silent.abort(why), SILENCE_MS)
  let timer = wait()
  return {
    signal: AbortSignal.any([outer, silent.signal]),
    heard() {
      clearTimeout(timer)
      timer = wait()
    },
    end: () => clearTimeout(timer),
  }
}

/** The lines of an NDJSON body, some at a time, as they come. A line that was cut off is none. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<BulkLine[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunksOf(body)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) yield lines.map((line) => JSON.parse(line) as BulkLine)
  }
}

/** Not every browser can iterate over a stream itself. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function problemOf(status: number, said: unknown): Partial<Problem> {
  const problem = typeof said === 'object' && said !== null ? said : {}
  return { title: `The server answered ${status} without saying why`, ...problem, status }
}

/**
 * Sends a list, and tells what is answered as it comes, until the answer ends.
 * @throws NotDone when the whole list was refused
 * @throws Error when there is no answer, or it breaks off: what was not told of may have been done
 */
export async function sendBulk(
  { action, given, targets, key }: BulkRequest,
  signal: AbortSignal,
  tell: (lines: readonly BulkLine[]) => void,
): Promise<void> {
  const { takes } = BULK_ACTIONS[action]
  const body = { action, targets, ...(takes === null ? {} : { [takes]: given[takes] }) }
  const patience = impatient(signal)
  const told = gather(TELL_EVERY_MS, tell)
  try {
    const response = await askServer(`/api/bulk${key === null ? '?dryRun=true&preview=false' : ''}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }) },
      body: JSON.stringify(body),
      signal: patience.signal,
    })
    if (!response.ok || response.body === null) {
      const said: unknown = await response.json().catch(() => null)
      throw new NotDone(problemOf(response.status, said))
    }
    let finished = false
    for await (const lines of linesOf(response.body)) {
      patience.heard()
      told.add(lines)
      finished ||= lines.some(({ state }) => state === 'finished')
    }
    if (!finished) throw new Error('the answer broke off')
  } finally {
    told.flush()
    patience.end()
  }
}

/** Lets the request with this key begin nothing more; false when that cannot be said of it. */
export async function stopBulk(key: string): Promise<boolean> {
  const signal = AbortSignal.timeout(5_000)
  const sent = askServer('/api/bulk', { method: 'DELETE', headers: { 'idempotency-key': key }, signal })
  return sent.then(
    ({ status }) => status === 204,
    () => false,
  )
}
