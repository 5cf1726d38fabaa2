import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { startConsoleBench } from '../console/support/console-bench.ts'
import type { ConsoleBench } from '../console/support/console-bench.ts'
import { screenPod } from '../console/support/screen-pod.ts'
import { BANNER, echoScreen } from '../console/support/talk.ts'
import type { Listener } from '../console/support/talk.ts'
import { figure } from './figure.ts'
import { WEBSOCKET_CASES } from './websocket-cases.ts'
import { goodbye } from './websocket-talk.ts'
import type { WebSocketCase } from './websocket-talk.ts'

let bench: ConsoleBench
let screen: Listener

beforeAll(async () => {
  screen = await echoScreen()
  bench = await startConsoleBench({ objects: [screenPod('desk', { port: String(screen.port) })] })
})
afterAll(async () => {
  await bench.close()
  await screen.close()
})

interface Heard {
  data: Buffer[]
  bytes: number
  pongs: Buffer[]
  close: number | null
  ended: boolean
  /** What no server may send. */
  faults: string[]
}

/** Reads what a server sends, as strictly as RFC 6455 has it. */
function strictReader(heard: Heard): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  const frame = (first: number, payload: Buffer) => {
    if (heard.close !== null) heard.faults.push('a frame after the goodbye')
    if ((first & 0x70) !== 0) heard.faults.push('a reserved bit')
    if ((first & 0x80) === 0) heard.faults.push('a fragment')
    const opcode = first & 0x0f
    if (opcode === 2) {
      heard.data.push(payload)
      heard.bytes += payload.length
    } else if (opcode === 10) heard.pongs.push(payload)
    else if (opcode === 8) heard.close = payload.length === 0 ? 1005 : payload.readUInt16BE(0)
    else if (opcode !== 9) heard.faults.push(`opcode ${opcode}`)
  }
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 2) {
      const [first = 0, second = 0] = rest
      if ((second & 0x80) !== 0) heard.faults.push('a mask')
      const short = second & 0x7f
      const head = short === 126 ? 4 : short === 127 ? 10 : 2
      if (rest.length < head) return
      const length =
        short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short
      if (head === 4 && length < 126) heard.faults.push('a length in more bytes than it needs')
      if (head === 10 && length < 65_536) heard.faults.push('a length in more bytes than it needs')
      if (rest.length < head + length) return
      frame(first, Buffer.from(rest.subarray(head, head + length)))
      rest = rest.subarray(head + length)
    }
  }
}

const KEY = 'dGhlIHNhbXBsZSBub25jZQ=='
const ACCEPT = createHash('sha1').update(`${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')

/** Shakes hands by hand; answers the head of the answer, and the connection behind it. */
async function shake(extra: readonly string[] = []) {
  const { path, protocols } = await bench.ticket('desk')
  const socket = connect({ port: bench.port, host: '127.0.0.1', noDelay: true })
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: localhost:${bench.port}`,
    `Origin: ${bench.origin}`,
    'Connection: keep-alive, Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${KEY}`,
    `Sec-WebSocket-Protocol: ${protocols.join(', ')}`,
    ...extra,
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  let said = Buffer.alloc(0)
  let end = -1
  while (end < 0) {
    const chunk = await new Promise<Buffer>((resolve, reject) => {
      socket.once('data', resolve)
      socket.once('error', reject)
      socket.once('close', () => reject(new Error(`closed after ${said.toString()}`)))
    })
    said = Buffer.concat([said, chunk])
    end = said.indexOf('\r\n\r\n')
  }
  socket.removeAllListeners('close')
  return { socket, head: said.subarray(0, end).toString('latin1'), rest: said.subarray(end + 4) }
}

function sendIn(socket: Socket, bytes: Buffer, chunk = bytes.length): void {
  for (let at = 0; at < bytes.length; at += chunk) socket.write(bytes.subarray(at, at + chunk))
}

/** Plays one case to its end; answers in what the server did otherwise. */
async function play(one: WebSocketCase): Promise<string[]> {
  const { socket, rest } = await shake()
  const heard: Heard = { data: [], bytes: 0, pongs: [], close: null, ended: false, faults: [] }
  const read = strictReader(heard)
  let look = () => {}
  const until = (done: () => boolean) =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), 10_000)
      look = () => {
        if (!done() && !heard.ended) return
        clearTimeout(timer)
        resolve(done())
      }
      look()
    })
  const hear = (chunk: Buffer) => {
    read(chunk)
    look()
  }
  socket.on('data', hear)
  socket.on('error', () => {})
  socket.on('close', () => {
    heard.ended = true
    look()
  })
  if (rest.length > 0) hear(rest)
  const wrong: string[] = []
  if (!(await until(() => heard.bytes >= BANNER.length))) wrong.push('no greeting')
  sendIn(socket, one.sent, one.chunk)
  const wanted = Buffer.concat([Buffer.from(BANNER), one.data])
  if (one.close === null) {
    const all = await until(() => heard.bytes >= wanted.length && heard.pongs.length >= one.pongs.length)
    if (!all) wrong.push(`${heard.bytes} bytes and ${heard.pongs.length} pongs came, then ${heard.close}`)
    socket.write(goodbye(1000))
  }
  await until(() => heard.close !== null)
  if (heard.close !== (one.close ?? 1000)) wrong.push(`closed with ${heard.close}`)
  // The server must hang up by itself.
  if (!(await until(() => heard.ended))) wrong.push('the connection stayed open')
  socket.destroy()
  const data = Buffer.concat(heard.data)
  if (one.close === null && !data.equals(wanted)) wrong.push('the data came back otherwise')
  if (one.close === null && Buffer.compare(Buffer.concat(heard.pongs), Buffer.concat(one.pongs)) !== 0) {
    wrong.push('the pongs are others')
  }
  return [...wrong, ...heard.faults].map((fault) => `${one.name}: ${fault}`)
}

/** Offers of extensions, none of which may be taken. */
const OFFERS = [
  'permessage-deflate',
  'permessage-deflate; client_max_window_bits',
  'permessage-deflate; server_no_context_takeover; client_no_context_takeover',
  'permessage-deflate; server_max_window_bits=8',
  'permessage-deflate; client_max_window_bits=9; server_max_window_bits=9',
  'permessage-deflate, permessage-deflate; client_max_window_bits',
  'permessage-bzip2, permessage-snappy',
  'x-webkit-deflate-frame',
  'permessage-deflate; mode=client',
  'bogus; a="b"; c',
  'x'.repeat(4_000),
  ';;;,,,',
]

it('D12 speaks WebSocket as RFC 6455 has it', async () => {
  const started = performance.now()
  const wrong: string[] = []
  for (let at = 0; at < WEBSOCKET_CASES.length; at += 8) {
    const batch = await Promise.all(WEBSOCKET_CASES.slice(at, at + 8).map(play))
    wrong.push(...batch.flat())
  }
  for (const offer of OFFERS) {
    const { socket, head } = await shake([`Sec-WebSocket-Extensions: ${offer}`])
    socket.destroy()
    if (!head.startsWith('HTTP/1.1 101 ')) wrong.push(`12.${offer}: ${head}`)
    if (!head.includes(`Sec-WebSocket-Accept: ${ACCEPT}`)) wrong.push(`12.${offer}: another Accept`)
    if (/Sec-WebSocket-Extensions/i.test(head)) wrong.push(`12.${offer}: an extension was taken`)
  }
  figure(
    'D12',
    started,
    `${WEBSOCKET_CASES.length + OFFERS.length} conversations`,
    `${wrong.length} failures`,
    'stricter than asked in one: text is refused with 1003, since only binary is spoken',
  )
  expect(wrong).toEqual([])
  expect(WEBSOCKET_CASES.length).toBeGreaterThanOrEqual(500)
  expect(new Set(WEBSOCKET_CASES.map(({ name }) => name)).size).toBe(WEBSOCKET_CASES.length)
})
