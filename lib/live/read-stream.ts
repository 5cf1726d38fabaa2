import { createParser } from 'eventsource-parser'
import { askServer } from './ask-server.ts'

/** One event of the stream, as it came. */
export interface StreamMessage {
  event: string
  data: string
}

/** Why the server does not open the stream: nobody is signed in (any more), or as it says. */
export type StreamRefusal = 'signed-out' | 'refused'

/** The server answered, and says why it does not open the stream. */
export class StreamRefused extends Error {
  override name = 'StreamRefused'
  readonly refusal: StreamRefusal

  constructor(refusal: StreamRefusal, detail: string) {
    super(detail)
    this.refusal = refusal
  }
}

/** The words of a problem document (RFC 9457); undefined for an answer that is none. */
async function detailOf(response: Response): Promise<string | undefined> {
  const document = (await response.json().catch(() => null)) as { detail?: unknown } | null
  return typeof document?.detail === 'string' && document.detail !== '' ? document.detail : undefined
}

export interface ReadStreamOptions {
  url: string
  /** `epoch-seq` of the last event that was applied; null to begin with a snapshot. */
  lastEventId: string | null
  signal: AbortSignal
  onOpen(): void
  onMessage(message: StreamMessage): void
  /** Called for every chunk that arrives, comments included: proof of life. */
  onLife(): void
}

/**
 * Reads one server-sent event stream to its end. fetch rather than EventSource, because a tab that takes
 * over must send the Last-Event-ID of the tab before it, and a refusal must be readable.
 * @throws StreamRefused where the server says why; Error with the server's status and words when it refuses, or when something else answers; whatever fetch throws when it is away.
 */
export async function readStream(options: ReadStreamOptions): Promise<void> {
  const headers: Record<string, string> = { accept: 'text/event-stream' }
  if (options.lastEventId !== null) headers['last-event-id'] = options.lastEventId
  const response = await askServer(options.url, { headers, signal: options.signal, cache: 'no-store' })
  if (response.status === 401) {
    await response.body?.cancel()
    throw new StreamRefused('signed-out', 'You are signed out. Sign in to see the fleet.')
  }
  if (!response.ok || response.body === null) {
    const detail = await detailOf(response)
    if (detail !== undefined) throw new StreamRefused('refused', detail)
    throw new Error(`the dashboard's server answered ${response.status} ${response.statusText}`.trim())
  }
  const type = response.headers.get('content-type') ?? 'nothing'
  if (!type.startsWith('text/event-stream')) {
    await response.body.cancel()
    throw new Error(`the answer is ${type} instead of the stream: a proxy may want you to sign in again`)
  }
  options.onOpen()
  const parser = createParser({
    onEvent: (event) => options.onMessage({ event: event.event ?? 'message', data: event.data }),
  })
  const decoder = new TextDecoder()
  for await (const chunk of response.body) {
    options.onLife()
    parser.feed(decoder.decode(chunk, { stream: true }))
  }
}
