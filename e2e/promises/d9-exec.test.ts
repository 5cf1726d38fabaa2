import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { seededRandom } from '../../demo/random.ts'
import { shellCommand } from '../../lib/console/shell/shell-command.ts'
import { readSize, SHELL_FRAME, shellFrame } from '../../lib/fleet/console/shell-frames.ts'
import type { ShellFrameKind } from '../../lib/fleet/console/shell-frames.ts'
import { startConsoleBench } from '../console/support/console-bench.ts'
import type { ConsoleBench } from '../console/support/console-bench.ts'
import { startLocalExec } from '../console/support/local-exec.ts'
import type { LocalExec } from '../console/support/local-exec.ts'
import { rawUpgrade } from '../console/support/raw-upgrade.ts'
import { screenPod } from '../console/support/screen-pod.ts'
import { counted, figure, SEED } from './figure.ts'
import { until } from './until.ts'

/** Notes what it is asked to run. It only swallows its input: nothing random is typed into a shell of this machine. */
let guest: LocalExec
let bench: ConsoleBench

beforeAll(async () => {
  guest = await startLocalExec(['sh', '-c', 'cat >/dev/null'])
  const annotations = { 'vm.cocoonstack.io/id': 'vm-1' }
  bench = await startConsoleBench({
    objects: [screenPod('desk', { managed: true, podIP: '127.0.0.1', annotations })],
    wrap: (transport) => guest.wrap(transport),
  })
})
afterAll(async () => {
  await bench.close()
  await guest.close()
})

/** What the API server may be asked for a shell of this size, word for word. */
function shapeOf(size: { columns: number; rows: number }): string {
  const query = new URLSearchParams({ stdin: 'true', stdout: 'true', stderr: 'true', tty: 'false' })
  for (const word of shellCommand({ os: 'linux', shell: '', size })) query.append('command', word)
  return `/api/v1/namespaces/team/pods/desk/exec?${query}`
}

/** The one thing of it that a page chooses, read back. */
function sizeIn(asked: string): { columns: number; rows: number } {
  const [, columns = '', rows = ''] = /cols\+(\d+)\+rows\+(\d+)/.exec(asked) ?? []
  return { columns: Number(columns), rows: Number(rows) }
}

/** Every question to the API server that is not of the one shape. */
const otherThanTheShape = () =>
  guest.asked.filter((asked) => {
    const { columns, rows } = sizeIn(asked)
    const within = columns >= 20 && columns <= 500 && rows >= 5 && rows <= 300
    return !within || asked !== shapeOf({ columns, rows })
  })

const WISHES = [
  'command=id',
  'command=rm&command=-rf&command=/',
  'container=sidecar',
  'tty=true',
  'stdin=false',
  'uid=other',
  'command=sh&container=agent&tty=1',
  'size=80x24;id',
]

it('D9 opens no shell for who asks for a command, a container or a terminal in the path', async () => {
  const started = performance.now()
  guest.asked.length = 0
  const wrong: string[] = []
  let tried = 0
  const places = (wish: string) => [
    `/api/vms/team/desk/exec?${wish}`,
    `/api/vms/team/desk/exec;${wish}`,
    `/api/vms/team/desk/exec/${wish.replace('=', '/')}`,
    `/api/vms/team/desk/exec%3F${wish}`,
    `/api/vms/team/desk/exec#${wish}`,
    `/api/vms/team/desk%2Fother/exec`,
    `/api/vms/team/desk/attach?${wish}`,
    `/api/vms/team/desk/portforward?${wish}`,
  ]
  for (const target of WISHES.flatMap(places)) {
    const { protocols } = await bench.ticket('desk', 'exec')
    const status = await rawUpgrade(bench.port, {
      target,
      host: `localhost:${bench.port}`,
      origin: bench.origin,
      protocol: protocols.join(', '),
    })
    tried += 1
    if (status < 400 || status > 499) wrong.push(`${status}: ${target}`)
  }
  for (const more of [
    { command: ['id'] },
    { command: 'id' },
    { container: 'sidecar' },
    { tty: true },
    { kind: 'attach' },
    { kind: ['exec'] },
    { kind: 'exec\n' },
    { os: 'windows' },
    { shell: '/bin/evil' },
  ]) {
    const { status } = await bench.ask('desk', { kind: 'exec', ...more })
    tried += 1
    if (status !== 400 && status !== 422) wrong.push(`${status}: ${JSON.stringify(more)}`)
  }
  figure(
    'D9',
    started,
    `${tried} wishes in paths and bodies`,
    `${wrong.length} granted`,
    `${guest.asked.length} commands run`,
  )
  expect(wrong).toEqual([])
  expect(guest.asked).toEqual([])
})

const KINDS = Object.keys(SHELL_FRAME) as [ShellFrameKind, ...ShellFrameKind[]]

it('D9 runs one shape of command, whatever frames a page sends', async () => {
  const started = performance.now()
  const random = seededRandom(SEED).fork('frames')
  guest.asked.length = 0
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => random.int(0, 255)))
  const anyFrame = () => Buffer.from(shellFrame(random.pick(KINDS), bytes(random.int(0, 12))))
  /** Typed into a shell that must not be there yet, or that is: it ends whatever comes of it. */
  const typed = () => Buffer.from(shellFrame('input', Buffer.from('exit 0\r')))
  const size = () => Buffer.from(shellFrame('size', bytes(4)))
  const mutated = (frame: Buffer) => {
    if (random.int(0, 2) > 0 && frame.length > 0) frame[random.int(0, frame.length - 1)] = random.int(0, 255)
    return random.int(0, 5) === 0 ? frame.subarray(0, random.int(0, frame.length)) : frame
  }
  const round = async () => {
    const socket: WebSocket = bench.open(await bench.ticket('desk', 'exec'))
    socket.on('error', () => {})
    const over = once(socket, 'close')
    socket.on('open', () => {
      if (random.int(0, 1) === 0) socket.send(size())
      const frames = Array.from({ length: random.int(1, 6) }, () =>
        mutated(random.pick([anyFrame, size, typed])()),
      )
      for (const frame of frames) socket.send(frame)
      setTimeout(() => socket.terminate(), random.int(0, 40))
    })
    await over
  }
  const rounds = counted(2_000)
  for (let number = 0; number < rounds; number += 10) await Promise.all(Array.from({ length: 10 }, round))
  await until('no shell is left', () => guest.running() === 0)
  const others = otherThanTheShape()
  figure(
    'D9',
    started,
    `${rounds} pages with random frames`,
    `${guest.asked.length} commands run`,
    `${others.length} of another shape`,
    `${guest.running()} shells left`,
  )
  expect(others).toEqual([])
  // Some of them had a size, or nothing was tried.
  expect(guest.asked.length).toBeGreaterThan(0)
})

it('D9 takes of a size only two numbers within what a terminal can have', () => {
  const random = seededRandom(SEED).fork('sizes')
  const payloads = Array.from({ length: 10_000 }, () =>
    Buffer.from(Array.from({ length: random.int(0, 6) }, () => random.int(0, 255))),
  )
  const read = payloads.map((payload) => ({ length: payload.length, size: readSize(payload) }))
  expect(read.filter(({ length, size }) => (length === 4) !== (size !== null))).toEqual([])
  const commands = read.flatMap(({ size }) => (size === null ? [] : [shapeOf(size)]))
  expect(commands.filter((asked) => !/cols\+\d{2,3}\+rows\+\d{1,3}\+/.test(asked))).toEqual([])
})
