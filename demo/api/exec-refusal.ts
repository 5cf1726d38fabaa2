import type { IncomingMessage } from 'node:http'
import { WebSocketServer } from 'ws'
import type { Upgrade } from './upgrade-response.ts'

const V5 = 'v5.channel.k8s.io'
/** By the name of the stream in the query; the last one is always there. */
const CHANNELS: readonly (readonly [string, number])[] = [
  ['stdout', 1],
  ['stderr', 2],
]
const ERROR_CHANNEL = 3
const NORMAL_CLOSURE = 1000

const offered = (request: IncomingMessage) =>
  (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())

/**
 * Whether the original translates this request for the kubelet, which speaks no v5. It then accepts the WebSocket first,
 * and tells of failures inside of it.
 */
export const isTranslated = (request: IncomingMessage) => offered(request).includes(V5)

const server = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  handleProtocols: (protocols) => (protocols.has(V5) ? V5 : false),
})

/** The text of an answer that is not what was hoped for: its own message, when it is a Status. */
export function upgradeErrorText(body: string): string {
  try {
    const status: unknown = JSON.parse(body)
    if (typeof status === 'object' && status !== null && 'message' in status) {
      if (typeof status.message === 'string' && status.message.trim() !== '') return status.message.trim()
    }
  } catch {
    // Plain text, as kubelets send it.
  }
  return body.trim() || 'empty server response'
}

/** Accepts a v5 WebSocket only to say why the command cannot run. */
export function refuseInside(
  { request, socket, head }: Upgrade,
  asked: ReadonlySet<string>,
  why: string,
): void {
  const status = {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${why}`,
    reason: 'InternalError',
    details: { causes: [{ message: why }] },
    code: 500,
  }
  server.handleUpgrade(request, socket, head, (client) => {
    client.on('error', () => client.terminate())
    // Clients take an empty message on the first stream that they read as the sign that the session stands.
    const [, first] = CHANNELS.find(([name]) => asked.has(name)) ?? ['', ERROR_CHANNEL]
    client.send(Buffer.from([first]))
    client.send(Buffer.concat([Buffer.from([ERROR_CHANNEL]), Buffer.from(JSON.stringify(status))]))
    client.close(NORMAL_CLOSURE)
  })
}
