import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'
import { selfSigned } from '../api/certificate.ts'
import { errorAnswer } from '../api/respond.ts'
import { unauthorized } from '../api/status.ts'
import type { Connection } from '../client/connection.ts'
import { kubeClient } from '../client/kube-client.ts'
import type { Clock } from '../clock.ts'
import { frontProxyTrust, isTrusted, type FrontProxyTrust } from './front-proxy-trust.ts'
import { WINDOW_SECONDS } from './metrics-json.ts'
import { METRICS_HOST } from './metrics-objects.ts'
import { answerMetrics } from './metrics-requests.ts'
import { usageAt, type Scrape } from './usage.ts'

export interface MetricsServerOptions {
  /** With the metrics server's own account; it stays the caller's to close. */
  connection: Connection
  /** 0 picks a free one. */
  port: number
  clock: Clock
}

export interface MetricsServer {
  port: number
  /** PEM of what API servers must trust. */
  certificate: string
  close(): Promise<void>
}

/** Scrapes when asked, at most once per window: a fleet that nobody looks at costs nothing. */
function scraper(connection: Connection, clock: Clock): () => Promise<Scrape> {
  const client = kubeClient(connection)
  let latest: { at: number; scrape: Promise<Scrape> } | undefined
  const scrape = async () => {
    const [pods, nodes] = await Promise.all([client.list('pods'), client.list('nodes')])
    return usageAt(pods.items, nodes.items, clock.now())
  }
  return () => {
    const now = clock.now()
    if (latest && now - latest.at < WINDOW_SECONDS * 1000) return latest.scrape
    const mine = { at: now, scrape: scrape() }
    latest = mine
    mine.scrape.catch(() => {
      // The next one who asks tries again.
      if (latest === mine) latest = undefined
    })
    return mine.scrape
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  trust: FrontProxyTrust,
  scrape: () => Promise<Scrape>,
): Promise<void> {
  const { socket } = request
  try {
    if (!(socket instanceof TLSSocket) || !isTrusted(socket, trust)) throw unauthorized()
    const url = new URL(request.url ?? '/', `https://${METRICS_HOST}`)
    const body = await answerMetrics(request.method ?? 'GET', url, request.headers.accept, scrape)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  } catch (error) {
    const { code, body, headers } = errorAnswer(error)
    response.writeHead(code, { 'content-type': 'application/json', ...headers })
    response.end(body)
  }
}

/**
 * Serves metrics.k8s.io/v1beta1 over TLS on loopback, to API servers that forward requests to it (`metricsObjects`) and to
 * nobody else. Rejects when the API server cannot be asked whom to believe.
 */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const trust = await frontProxyTrust(options.connection)
  const { key, cert } = selfSigned(['localhost', METRICS_HOST], Date.now())
  const scrape = scraper(options.connection, options.clock)
  const asking = { ca: trust.authority, requestCert: true, rejectUnauthorized: false }
  const server = createServer({ key, cert, ...asking }, (request, response) => {
    void answer(request, response, trust, scrape)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    certificate: cert,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
