import type { FleetStream } from './fleet-stream.ts'
import { GZIP_HEADER } from './frame.ts'
import type { Frame } from './frame.ts'

/** Told how many bytes of which event were handed to a client. */
export type SentBytes = (event: string, bytes: number) => void

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const only = parts[0]
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts)
}

/** Whether the client takes gzip; `q=0` is how it says no (RFC 9110, 12.5.3). */
const takesGzip = (accepted: string) =>
  /(^|,)\s*gzip\s*(;\s*q=(1(\.0*)?|0\.\d*[1-9]\d*)\s*)?(,|$)/i.test(accepted)

/**
 * Answers a browser with the fleet's stream. It pulls: nothing is taken from the stream before the client has
 * room for it, so a client that stops reading holds no more than what is on its way.
 */
export function streamResponse(
  stream: Pick<FleetStream, 'open'>,
  request: Request,
  sent?: SentBytes,
): Response {
  const gzip = takesGzip(request.headers.get('accept-encoding') ?? '')
  const reader = stream.open(request.headers.get('last-event-id'))
  const bytesOf = (frame: Frame) => (gzip ? frame.gzip : frame.plain)
  let begun = !gzip
  if (request.signal.aborted) reader.close()
  else request.signal.addEventListener('abort', () => reader.close(), { once: true })
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const frames = await reader.next()
        if (frames === null) {
          reader.close()
          controller.close()
          return
        }
        const parts = frames.map(bytesOf)
        for (const frame of frames) sent?.(frame.event, bytesOf(frame).length)
        controller.enqueue(joined(begun ? parts : [GZIP_HEADER, ...parts]))
        begun = true
      },
      cancel: () => reader.close(),
    },
    { highWaterMark: 1 },
  )
  const headers = new Headers({
    'content-type': 'text/event-stream; charset=utf-8',
    // no-transform: these bytes are compressed already, once for everybody.
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    vary: 'accept-encoding, cookie',
  })
  if (gzip) headers.set('content-encoding', 'gzip')
  return new Response(body, { headers })
}
