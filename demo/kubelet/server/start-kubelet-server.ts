import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { selfSigned, type Certificate } from '../../api/certificate.ts'
import { upgradeResponse, type UpgradeResponse } from '../../api/upgrade-response.ts'
import type { Clock } from '../../clock.ts'
import { sayPlainly } from './kubelet-call.ts'
import { serveKubelet } from './kubelet-routes.ts'
import type { Nodes } from './target.ts'

export interface KubeletServerOptions {
  nodes: Nodes
  clock: Clock
  /** PEM: callers must show a certificate that this authority has signed. */
  clientAuthority: string
  /** For `localhost`, made anew unless given. */
  certificate?: Certificate
  /** 0 picks a free one. */
  port: number
}

export interface KubeletServer {
  port: number
  /** PEM of the certificate that callers see. */
  certificate: string
  /** Ends connections, and resolves when the port is free. */
  close(): Promise<void>
}

const HOST = '127.0.0.1'

/**
 * Serves the HTTPS API of kubelets on loopback, for all nodes of this process at once: an API server finds it by the
 * address and port in the status of each node. Callers without a certificate of the authority get 401.
 */
export async function startKubeletServer(options: KubeletServerOptions): Promise<KubeletServer> {
  const { nodes, clock } = options
  const certificate = options.certificate ?? selfSigned(['localhost', HOST], Date.now())
  const serve = async (request: IncomingMessage, response: ServerResponse, upgrade?: UpgradeResponse) => {
    const { socket } = request
    if (!(socket instanceof TLSSocket) || !socket.authorized) return sayPlainly(response, 401, 'Unauthorized')
    const url = new URL(request.url ?? '/', 'https://kubelet.invalid')
    return serveKubelet(url.pathname, { nodes, clock, query: url.searchParams, request, response, upgrade })
  }
  const answer = (request: IncomingMessage, response: ServerResponse, upgrade?: UpgradeResponse) => {
    serve(request, response, upgrade).catch((error: unknown) => {
      if (response.headersSent || response.destroyed || !response.socket) request.socket.destroy()
      else sayPlainly(response, 500, error instanceof Error ? error.message : String(error))
    })
  }
  const server = createServer({
    ...certificate,
    ca: options.clientAuthority,
    requestCert: true,
    // Who has no certificate is told so in HTTP, not by a broken handshake.
    rejectUnauthorized: false,
  })
  const open = new Set<Duplex>()
  server.on('secureConnection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', answer)
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const upgrade = upgradeResponse(request, socket, head)
    answer(request, upgrade.response, upgrade)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, HOST, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    certificate: certificate.cert,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
