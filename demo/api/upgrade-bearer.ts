import type { IncomingMessage } from 'node:http'
import { unauthorized } from './status.ts'
import { asksForWebSocket } from './upgrade-response.ts'

const PREFIX = 'base64url.bearer.authorization.k8s.io.'
const BASE64_URL = /^[A-Za-z0-9_-]*$/

/**
 * The Authorization of a request: its header, or a browser's token among the subprotocols of a WebSocket, where nothing
 * else can carry it. The token is taken out, so that no backend sees it. Throws 401 at what the original refuses.
 */
export function authorizationOf(request: IncomingMessage): string | undefined {
  const { headers } = request
  if (headers.authorization !== undefined || !asksForWebSocket(request)) return headers.authorization
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
  const tokens = offered.filter((one) => one.startsWith(PREFIX))
  const [only] = tokens
  if (only === undefined) return undefined
  const others = offered.filter((one) => !one.startsWith(PREFIX))
  const encoded = only.slice(PREFIX.length)
  // One of the other protocols is what the server answers with, so there must be one.
  if (tokens.length > 1 || others.length === 0 || !BASE64_URL.test(encoded)) throw unauthorized()
  headers['sec-websocket-protocol'] = others.join(',')
  return `Bearer ${Buffer.from(encoded, 'base64url').toString()}`
}
