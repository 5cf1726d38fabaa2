import { createServer } from 'node:https'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { selfSigned } from '../api/certificate.ts'

/** An AdmissionReview as it arrived. */
export interface ReceivedReview {
  path: string
  request: Record<string, unknown> & { uid: string; object?: unknown; oldObject?: unknown }
}

export interface ReviewServer {
  url: string
  /** PEM in base64, as configurations carry it. */
  caBundle: string
  received: ReceivedReview[]
  close(): Promise<void>
}

export type ReviewHandler = (
  review: ReceivedReview,
  /** Answers an AdmissionReview with this response; its uid is the request's unless given. */
  answer: (response: object, head?: object) => void,
  response: ServerResponse,
) => void

/** A webhook for tests, by TLS on a free port: what it does depends on the path. */
export async function reviewServer(handlers: Readonly<Record<string, ReviewHandler>>): Promise<ReviewServer> {
  const { key, cert } = selfSigned(['localhost', '127.0.0.1'], Date.now())
  const received: ReceivedReview[] = []
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', 'https://x')
      const body = JSON.parse(Buffer.concat(chunks).toString()) as { request: ReceivedReview['request'] }
      const review = { path: pathname, request: body.request }
      received.push(review)
      const answer = (own: object, head: object = {}) => {
        const kind = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' }
        const text = JSON.stringify({ ...kind, response: { uid: body.request.uid, ...own }, ...head })
        response.writeHead(200, { 'content-type': 'application/json' }).end(text)
      }
      const handle = handlers[pathname]
      if (handle) handle(review, answer, response)
      else response.writeHead(404).end('404 page not found')
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caBundle: Buffer.from(cert).toString('base64'),
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
