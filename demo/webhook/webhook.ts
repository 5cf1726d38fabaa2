import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { selfSigned } from '../api/certificate.ts'
import type { Connection } from '../client/connection.ts'
import { answerReview, readReview, type ReviewedRequest } from './admission-review.ts'
import { hasObject, RULES, type Rule } from './rules.ts'
import { webhookReads, type WebhookReads } from './webhook-reads.ts'

export interface WebhookOptions {
  /** To the API server, as the webhook's own account; the caller closes it. */
  connection: Connection
  /** 0 picks a free one. */
  port: number
  /** Told of what could not be read, which refuses the request that needed it. */
  log?: (text: string) => void
}

/** Cocoon's admission webhook, at work (contract 9). */
export interface Webhook {
  /** `https://127.0.0.1:…`, without a path. */
  url: string
  /** PEM of the authority that callers must trust. */
  certificate: string
  close(): Promise<void>
}

const HOST = '127.0.0.1'
/** More than any object that the API server takes, twice (old and new) and wrapped. */
const BODY_LIMIT = 8 * 1024 * 1024

interface Answer {
  code: number
  body: string
  type: 'application/json' | 'text/plain; charset=utf-8'
}
const plain = (code: number, text: string): Answer => ({
  code,
  body: `${text}\n`,
  type: 'text/plain; charset=utf-8',
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > BODY_LIMIT) throw new RangeError(`request body is larger than ${BODY_LIMIT} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function denialOf(
  rule: Rule,
  review: ReviewedRequest,
  reads: WebhookReads,
  log: (text: string) => void,
) {
  if (!hasObject(review)) return null
  try {
    return await rule(review, reads)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    log(`webhook: ${review.operation} ${review.namespace}/${review.name}: ${why}`)
    return `cocoon-webhook: ${why}`
  }
}

async function answer(
  request: IncomingMessage,
  reads: WebhookReads,
  log: (text: string) => void,
): Promise<Answer> {
  const path = new URL(request.url ?? '/', 'https://webhook.invalid').pathname
  if (path === '/healthz' || path === '/readyz') return plain(200, 'ok')
  const rule = Object.hasOwn(RULES, path) ? RULES[path] : undefined
  if (!rule) return plain(404, '404 page not found')
  if (request.method !== 'POST') return plain(405, 'Method Not Allowed')
  try {
    const review = readReview(await bodyOf(request))
    const reply = answerReview(review.uid, await denialOf(rule, review, reads, log))
    return { code: 200, body: JSON.stringify(reply), type: 'application/json' }
  } catch (error) {
    if (error instanceof SyntaxError) return plain(400, error.message)
    if (error instanceof RangeError) return plain(413, error.message)
    throw error
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Starts the webhook on loopback, by TLS alone. Rejects when the port is taken. */
export async function startWebhook(options: WebhookOptions): Promise<Webhook> {
  const certificate = selfSigned(['localhost', HOST], Date.now())
  const reads = webhookReads(options.connection)
  const log = options.log ?? (() => undefined)
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { code, body, type } = await answer(request, reads, log)
    response.writeHead(code, { 'content-type': type }).end(body)
  }
  const server = createServer({ ...certificate, keepAliveTimeout: 75_000 }, (request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  const port = await listen(server, options.port)
  return {
    url: `https://${HOST}:${port}`,
    certificate: certificate.cert,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
