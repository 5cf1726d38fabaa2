import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Metrics } from './metrics.ts'

export interface MetricsServer {
  url: string
  close(): Promise<void>
}

/** Serves `/metrics`, and nothing else, at a port of its own. @throws Error when it cannot listen there */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: { host: string; port: number },
): Promise<MetricsServer> {
  const server = createServer({ maxHeaderSize: 8 * 1024, headersTimeout: 5_000, requestTimeout: 5_000 })
  server.on('request', (request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end()
    if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end()
    metrics.text().then(
      (text) => {
        const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' }
        response.writeHead(200, { ...headers, 'x-content-type-options': 'nosniff' }).end(text)
      },
      () => response.writeHead(500).end(),
    )
  })
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`Metrics cannot be served on ${host}:${port} (METRICS_HOST, METRICS_PORT): ${why}.`, {
      cause: error,
    })
  }
  const bound = server.address()
  const at = typeof bound === 'object' && bound !== null ? bound.port : port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${at}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
