import { createParser } from 'eventsource-parser'
import type { StreamMessage } from '../../lib/live/read-stream.ts'

export interface SseMessage extends StreamMessage {
  id: string | undefined
}

/** Reads the events of an SSE answer as they come. The caller ends it by aborting the request. */
export async function* sseMessages(response: Response): AsyncGenerator<SseMessage> {
  const ready: SseMessage[] = []
  const parser = createParser({
    onEvent: ({ event = 'message', data, id }) => ready.push({ event, data, id }),
  })
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk, { stream: true }))
    yield* ready.splice(0)
  }
}
