import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { seededRandom } from '../../demo/random.ts'
import { startConsoleBench } from '../console/support/console-bench.ts'
import { screenPod } from '../console/support/screen-pod.ts'
import { listenOn, listenTo } from '../console/support/talk.ts'
import { counted, figure, SEED, seconds } from './figure.ts'

const BANNER = 'RFB 003.008\n'

function drip(socket: Socket, text: string): void {
  let at = 0
  const timer = setInterval(() => socket.write(text[at++ % text.length] ?? 'x'), 450)
  socket.on('close', () => clearInterval(timer))
}

/** What is not a VNC server; the first five wait to be spoken to, or not. */
const SERVICES: Record<string, (socket: Socket) => void> = {
  http: () => {},
  echo: (socket) => void socket.on('data', (chunk) => socket.write(chunk)),
  silent: () => {},
  'hangs up': (socket) => void socket.end(),
  resets: (socket) => void socket.resetAndDestroy(),
  redis: (socket) => void socket.write('-ERR unknown command\r\n'),
  ssh: (socket) => void socket.write('SSH-2.0-OpenSSH_9.9p1\r\n'),
  smtp: (socket) => void socket.write('220 mail.example ESMTP\r\n'),
  repeater: (socket) => void socket.write('RFB 000.000\n'),
  'almost RFB': (socket) => void socket.write('RFB 003.008\r\n'),
  'RFB in the end': (socket) => void socket.write(`HTTP/1.1 200 OK\r\n\r\n${BANNER}`),
  'drips a banner too slowly': (socket) => drip(socket, BANNER),
  'drips nonsense': (socket) => drip(socket, 'RFB?'),
}
/** Those that say nothing wrong are waited for. */
const SLOW = new Set(['http', 'echo', 'silent', 'drips a banner too slowly'])

it('D5 sends no byte of a browser to a server that has not greeted as VNC servers do', async () => {
  const started = performance.now()
  const random = seededRandom(SEED)
  const kinds = Object.keys(SERVICES)
  let longest = 0
  const listeners = await Promise.all(
    kinds.map((kind) =>
      listenOn((socket) => {
        const dialled = performance.now()
        socket.on('close', () => (longest = Math.max(longest, performance.now() - dialled)))
        SERVICES[kind]?.(socket)
      }),
    ),
  )
  const name = (kind: string) => `desk-${kinds.indexOf(kind)}`
  const bench = await startConsoleBench({
    objects: kinds.map((kind, index) => screenPod(name(kind), { port: String(listeners[index]?.port) })),
    settings: { limits: { perUser: 10_000, total: 10_000, idleMs: 0, longestMs: 0 } },
  })
  const tries = counted(10_000)
  const ends = new Map<string, number>()
  let opened = 0
  const attempt = async (kind: string) => {
    const socket = bench.open(await bench.ticket(name(kind)))
    const heard = listenTo(socket)
    socket.on('open', () => {
      socket.send(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))
      if (random.next() < 0.5) socket.send(Buffer.alloc(random.int(1, 3_000), 'FLUSHALL\r\n'))
    })
    const { reason } = await heard.ended
    opened += heard.bytes > 0 ? 1 : 0
    const end = `${kind}: ${reason}`
    ends.set(end, (ends.get(end) ?? 0) + 1)
  }
  // Those that are waited for are tried more at a time.
  const share = Math.ceil(tries / kinds.length)
  await Promise.all(
    kinds.map(async (kind) => {
      const atATime = SLOW.has(kind) ? 40 : 8
      for (let done = 0; done < share; done += atATime) {
        await Promise.all(Array.from({ length: Math.min(atATime, share - done) }, () => attempt(kind)))
      }
    }),
  )
  const arrived = listeners.reduce((sum, { heard }) => sum + heard.length, 0)
  const dials = listeners.reduce((sum, each) => sum + each.dials, 0)
  await bench.close()
  await Promise.all(listeners.map((each) => each.close()))
  figure(
    'D5',
    started,
    `${dials} dials of ${kinds.length} kinds of services`,
    `${arrived} bytes arrived`,
    `${opened} shown to a browser`,
    `longest ${seconds(longest)} (limit 5 s)`,
  )
  expect({ arrived, opened }).toEqual({ arrived: 0, opened: 0 })
  expect([...ends.keys()].filter((end) => !/not-rfb$|^resets: unreachable$/.test(end))).toEqual([])
  expect(dials).toBe(share * kinds.length)
})
