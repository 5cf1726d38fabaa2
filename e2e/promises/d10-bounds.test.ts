import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { ConsoleAnswer } from '../../lib/fleet/console/answer.ts'
import { rawUpgrade } from '../console/support/raw-upgrade.ts'
import { BANNER, echoScreen, listenOn, listenTo } from '../console/support/talk.ts'
import type { Listener } from '../console/support/talk.ts'
import { counted, figure, percentile } from './figure.ts'
import { until } from './until.ts'

const LIMIT_MB = 64
const MB = 1024 * 1024
const CHUNK = Buffer.alloc(256 * 1024, 9)

let dashboard: ChildProcess
let port = 0
let echo: Listener
let flood: Listener
let deaf: Listener

/** Pours as much as it is let, and notes how much that was. */
let poured = 0
function pour(socket: Socket): void {
  const go = () => {
    while (socket.writable && socket.write(CHUNK)) poured += CHUNK.length
  }
  socket.write(BANNER, go)
  socket.on('drain', go)
}

const residentMb = () => {
  const text = readFileSync(`/proc/${dashboard.pid}/status`, 'latin1')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024
}

async function ask(name: string): Promise<Response> {
  return fetch(`http://localhost:${port}/api/vms/team/${name}/console`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ uid: `uid-${name}`, kind: 'vnc' }),
  })
}

async function open(name: string, onUpgrade: (socket: Socket) => void = () => {}): Promise<WebSocket> {
  const { path, protocols } = (await (await ask(name)).json()) as ConsoleAnswer
  const socket = new WebSocket(`ws://localhost:${port}${path}`, protocols, {
    origin: `http://localhost:${port}`,
  })
  socket.on('upgrade', (response) => onUpgrade(response.socket))
  await once(socket, 'open')
  return socket
}

/** The times there and back of another console, in milliseconds. */
async function echoes(times: number): Promise<number[]> {
  const socket = await open('echo')
  const heard = listenTo(socket)
  await heard.until(BANNER.length)
  const samples: number[] = []
  for (let turn = 1; turn <= times; turn += 1) {
    const sent = performance.now()
    socket.send(Buffer.of(turn % 256))
    await heard.until(BANNER.length + turn)
    samples.push(performance.now() - sent)
  }
  socket.terminate()
  return samples
}

beforeAll(async () => {
  echo = await echoScreen()
  flood = await listenOn(pour)
  deaf = await listenOn((socket) => {
    socket.write(BANNER)
    socket.pause()
  })
  const script = join(import.meta.dirname, '../console/support/console-process.ts')
  const screens = [`echo=${echo.port}`, `flood=${flood.port}`, `deaf=${deaf.port}`]
  dashboard = spawn(process.execPath, [script, ...screens], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(dashboard.stdout ?? dashboard, 'data')) as [Buffer]
  port = (JSON.parse(line.toString()) as { port: number }).port
  // What it takes once for all is no growth.
  await echoes(200)
})

afterAll(async () => {
  dashboard.kill('SIGKILL')
  await Promise.all([echo, flood, deaf].map((each) => each.close()))
})

/** Runs an attack beside another console, and answers what it cost. */
async function beside(attack: () => Promise<() => void>) {
  const before = residentMb()
  const end = await attack()
  let most = residentMb()
  const watch = setInterval(() => (most = Math.max(most, residentMb())), 50)
  const samples = await echoes(counted(2_000))
  clearInterval(watch)
  end()
  return { growth: most - before, p99: percentile(samples, 0.99) }
}

const ATTACKS: [string, () => Promise<() => void>][] = [
  [
    'a message in 1-byte fragments',
    async () => {
      // Below the client's own sender, which would make whole messages of them.
      let raw: Socket | undefined
      const socket = await open('echo', (upgraded) => (raw = upgraded))
      if (raw === undefined) throw new Error('no connection was upgraded')
      const wire: Socket = raw
      const fragment = Buffer.from([0x00, 0x81, 0, 0, 0, 0, 7])
      wire.write(Buffer.from([0x02, 0x81, 0, 0, 0, 0, 7]))
      const many = Buffer.concat(Array.from({ length: 10_000 }, () => fragment))
      let sent = 0
      const go = () => {
        while (sent < counted(2_000) && wire.write(many)) sent += 1
      }
      wire.on('drain', go)
      go()
      socket.on('message', () => {})
      return () => socket.terminate()
    },
  ],
  [
    'a viewer that does not read what is poured',
    async () => {
      const socket = await open('flood')
      socket.pause()
      const before = poured
      await until('it to be poured', () => poured > before)
      return () => socket.terminate()
    },
  ],
  [
    'a server that does not read what is pasted',
    async () => {
      const socket = await open('deaf')
      await listenTo(socket).until(BANNER.length)
      for (let piece = 0; piece < 128; piece += 1) socket.send(Buffer.alloc(MB, 1))
      return () => socket.terminate()
    },
  ],
  [
    'connections that never finish their request',
    async () => {
      const sockets = Array.from({ length: counted(5_000) }, () => connect(port, '127.0.0.1'))
      for (const socket of sockets) {
        socket.on('error', () => {})
        socket.write('GET /api/vms/team/echo/vnc HTTP/1.1\r\nHost: x\r\nX-Slow: ')
      }
      return () => sockets.forEach((socket) => socket.destroy())
    },
  ],
]

it.each(ATTACKS)('D10 stays within its bounds beside %s', async (what, attack) => {
  const started = performance.now()
  const { growth, p99 } = await beside(attack)
  figure(
    'D10',
    started,
    what,
    `RSS ${growth.toFixed(0)} MB more (limit ${LIMIT_MB})`,
    `p99 of another console ${p99.toFixed(1)} ms`,
  )
  expect(growth).toBeLessThan(LIMIT_MB)
})

it('D10 refuses heads of thousands of lines, takes no compression, and keeps to its number', async () => {
  const started = performance.now()
  const many = Array.from({ length: 2_000 }, (_, index) => `X-${index}: 1`)
  const asked = {
    target: '/api/vms/team/echo/vnc',
    host: `localhost:${port}`,
    origin: `http://localhost:${port}`,
    protocol: 'binary',
  }
  const heads = await rawUpgrade(port, { ...asked, more: many })
  const plain = await open('echo')
  const { extensions } = plain
  plain.terminate()
  const sockets: WebSocket[] = []
  let refused: Response | undefined
  while (refused === undefined) {
    const answer = await ask('echo')
    if (answer.status !== 200) refused = answer
    else {
      const { path, protocols } = (await answer.json()) as ConsoleAnswer
      const socket = new WebSocket(`ws://localhost:${port}${path}`, protocols, {
        origin: `http://localhost:${port}`,
      })
      await once(socket, 'open')
      sockets.push(socket)
    }
  }
  const opened = sockets.length
  for (const socket of sockets) socket.terminate()
  figure(
    'D10',
    started,
    `2,000 header lines: ${heads}`,
    `extensions taken: ${extensions || 'none'}`,
    `${opened} consoles of 40 that may be open, then ${refused.status}`,
  )
  expect({ heads, extensions, status: refused.status }).toEqual({ heads: 431, extensions: '', status: 429 })
  expect(opened).toBeGreaterThan(30)
  expect(opened).toBeLessThanOrEqual(40)
})
