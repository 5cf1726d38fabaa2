import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

interface Kept {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/**
 * A shared proxy that keeps every answer that it is not forbidden to keep: it goes by Cache-Control and Vary, and by
 * nothing else, not even by whether a request bears credentials.
 */
export async function startCachingProxy(target: string) {
  const kept = new Map<string, { vary: string[]; answers: Map<string, Kept> }>()
  const counts = { hits: 0, kept: 0 }
  const variant = (vary: readonly string[], request: IncomingMessage) =>
    JSON.stringify(vary.map((name) => request.headers[name] ?? null))
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    const send = ({ status, headers, body }: Kept) => void response.writeHead(status, headers).end(body)
    const known = kept.get(url)
    const hit = known?.answers.get(variant(known.vary, request))
    if (hit !== undefined) {
      counts.hits += 1
      send(hit)
      return
    }
    const pass = async () => {
      const { host: _, connection: __, ...headers } = request.headers as Record<string, string>
      const answer = await fetch(`${target}${url}`, { headers, redirect: 'manual' })
      const whole: Kept = {
        status: answer.status,
        headers: { 'content-type': answer.headers.get('content-type') ?? '' },
        body: Buffer.from(await answer.arrayBuffer()),
      }
      const control = answer.headers.get('cache-control') ?? ''
      const vary = (answer.headers.get('vary') ?? '')
        .toLowerCase()
        .split(/,\s*/)
        .filter((name) => name !== '')
      if (!/no-store|private/.test(control) && !vary.includes('*')) {
        const place = kept.get(url) ?? { vary, answers: new Map<string, Kept>() }
        place.answers.set(variant(vary, request), whole)
        kept.set(url, place)
        counts.kept += 1
      }
      send(whole)
    }
    pass().catch((error: unknown) => response.writeHead(502).end(String(error)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}
