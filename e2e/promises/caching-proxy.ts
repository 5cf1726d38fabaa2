import { createServer, request } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

interface Kept {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** The values of the request's headers that the answer says it varies by. */
  by: Record<string, string>
}

export interface CachingProxy {
  port: number
  /** Answers that came out of the cache. */
  hits(): number
  close(): void
}

const said = (message: IncomingMessage, name: string) => String(message.headers[name] ?? '')

/** An answer that a shared cache may keep, at its own risk: everything that does not forbid it (RFC 9111). */
const mayKeep = (status: number, headers: IncomingHttpHeaders) =>
  status === 200 &&
  !/no-store|private|no-cache/i.test(headers['cache-control'] ?? '') &&
  !(headers.vary ?? '').includes('*')

/** A shared cache in front of a dashboard that keeps as much as it may, for good. */
export async function startCachingProxy(target: number, host: string): Promise<CachingProxy> {
  const cache = new Map<string, Kept[]>()
  let hits = 0
  const server = createServer((asked, response) => {
    const { url = '/', method } = asked
    const fits = ({ by }: Kept) => Object.entries(by).every(([name, value]) => said(asked, name) === value)
    const known = method === 'GET' ? cache.get(url)?.find(fits) : undefined
    if (known !== undefined) {
      hits += 1
      response.writeHead(known.status, { ...known.headers, 'x-cache': 'hit' }).end(known.body)
      return
    }
    const upstream = request(
      { host: '127.0.0.1', port: target, path: url, method, headers: { ...asked.headers, host } },
      (answer) => {
        const status = answer.statusCode ?? 502
        void buffer(answer).then((body) => {
          if (method === 'GET' && mayKeep(status, answer.headers)) {
            const names = (answer.headers.vary ?? '')
              .toLowerCase()
              .split(/\s*,\s*/)
              .filter(Boolean)
            const by = Object.fromEntries(names.map((name) => [name, said(asked, name)]))
            const { 'transfer-encoding': _, ...headers } = answer.headers
            cache.set(url, [...(cache.get(url) ?? []), { status, headers, body, by }])
          }
          response.writeHead(status, answer.headers).end(body)
        })
      },
    )
    upstream.on('error', () => response.destroy())
    asked.pipe(upstream)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    hits: () => hits,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
