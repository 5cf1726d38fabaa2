import type { KubeJson } from '../json.ts'
import type { TestServer } from './test-server.ts'
import { TOKEN } from './test-server.ts'

export interface WatchEvent {
  type: string
  object: KubeJson & { code?: number; message?: string; reason?: string }
}

export interface TestWatch {
  /** The next event; rejects when the stream ends first. */
  next(): Promise<WatchEvent>
  /** Every event until the server ends the stream. */
  rest(): Promise<WatchEvent[]>
  stop(): void
}

/** `ADDED a`, `BOOKMARK`: an event in short. */
export const brief = (event: WatchEvent) => `${event.type} ${event.object.metadata.name ?? ''}`.trim()

/** Opens a watch; resolves when its headers have arrived. */
export async function openWatch(
  server: TestServer,
  path: string,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<TestWatch> {
  const abort = new AbortController()
  const parameters = new URLSearchParams({ watch: 'true', ...query })
  const response = await fetch(`${server.url}${path}?${parameters}`, {
    headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    signal: abort.signal,
  })
  if (!response.ok || !response.body)
    throw new Error(`watch ${path}: ${response.status} ${await response.text()}`)
  const events = lines(response.body)
  return {
    async next() {
      const { value, done } = await events.next()
      if (done) throw new Error('the watch has ended')
      return value
    },
    async rest() {
      const all: WatchEvent[] = []
      for await (const event of events) all.push(event)
      return all
    },
    stop: () => abort.abort(),
  }
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<WatchEvent, undefined> {
  const decoder = new TextDecoder()
  let buffered = ''
  for await (const chunk of body) {
    buffered += decoder.decode(chunk, { stream: true })
    const complete = buffered.split('\n')
    buffered = complete.pop() ?? ''
    for (const line of complete) yield JSON.parse(line) as WatchEvent
  }
  return undefined
}
