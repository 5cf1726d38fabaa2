import { offeredProtocols, spdyRefusal, switchToSpdy } from './exec-spdy.ts'
import { NO_PORT_FORWARD } from './guest-access.ts'
import { sayPlainly, targetOf, type KubeletCall } from './kubelet-call.ts'
import { spdyConnection, type SpdyStream } from './spdy/connection.ts'

const PROTOCOL = 'portforward.k8s.io'

/**
 * `/portForward/{namespace}/{pod}` by SPDY: the connection stands, and every port that a client tries through it is
 * refused on its error stream (contract 6.7).
 */
export async function servePortForward(call: KubeletCall): Promise<void> {
  const { request, response, upgrade } = call
  const target = targetOf(call)
  if (!target) return undefined
  if (!upgrade) return sayPlainly(response, 400, 'Upgrade request required')
  const refusal = spdyRefusal(offeredProtocols(request.headers['x-stream-protocol-version']), PROTOCOL)
  if (refusal !== undefined) return sayPlainly(response, 403, refusal)
  const { socket, head } = upgrade.upgrade
  upgrade.takeOver()
  await switchToSpdy(socket, PROTOCOL)

  const halves = new Map<string, SpdyStream>()
  const refuse = async (errors: SpdyStream, data: SpdyStream) => {
    const port = errors.headers.port ?? ''
    const name = target.pod.metadata?.name ?? ''
    const text = `error forwarding port ${port} to pod ${name}, uid : ${NO_PORT_FORWARD}`
    await errors.write(Buffer.from(text))
    await Promise.all([errors.end(), data.end()])
  }
  spdyConnection(socket, head, (stream) => {
    const id = stream.headers.requestid ?? ''
    const other = halves.get(id)
    if (!other) return void halves.set(id, stream)
    halves.delete(id)
    const [errors, data] = stream.headers.streamtype === 'error' ? [stream, other] : [other, stream]
    refuse(errors, data).catch(() => socket.destroy())
  })
}
