import { connect } from 'node:net'

export interface RawUpgrade {
  target: string
  host: string
  origin?: string | undefined
  protocol?: string | undefined
  upgrade?: string
  /** More lines of the head, without their ends. */
  more?: readonly string[]
}

/** Sends a request to upgrade byte by byte as it is told, and answers the status; 0 when there was no answer. */
export function rawUpgrade(port: number, asked: RawUpgrade): Promise<number> {
  const { target, host, origin, protocol, upgrade = 'websocket', more = [] } = asked
  const lines = [
    `GET ${target} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: Upgrade',
    `Upgrade: ${upgrade}`,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(origin === undefined ? [] : [`Origin: ${origin}`]),
    ...(protocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
    ...more,
  ]
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let said = ''
    const done = () => {
      socket.destroy()
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0))
    }
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1')
      if (said.includes('\r\n\r\n')) done()
    })
    socket.on('error', done)
    socket.on('close', done)
    socket.end(`${lines.join('\r\n')}\r\n\r\n`)
  })
}
