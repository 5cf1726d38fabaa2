import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { counted } from '../promises/figure.ts'
import { until } from '../promises/until.ts'
import { startConsoleBench } from './support/console-bench.ts'
import type { ConsoleBench } from './support/console-bench.ts'
import { startLocalExec } from './support/local-exec.ts'
import type { LocalExec } from './support/local-exec.ts'
import { screenPod } from './support/screen-pod.ts'
import { shellClient } from './support/shell-client.ts'

const PROMPT = /[#$] /

/** The guest is this machine: it has a real shell, and a real `script` to give it a terminal. */
let guest: LocalExec
let bench: ConsoleBench

beforeAll(async () => {
  guest = await startLocalExec()
  const annotations = { 'vm.cocoonstack.io/id': 'vm-1' }
  bench = await startConsoleBench({
    objects: [screenPod('desk', { managed: true, podIP: '127.0.0.1', annotations })],
    wrap: (transport) => guest.wrap(transport),
  })
})
afterEach(() => {
  guest.answer = null
})
afterAll(async () => {
  await bench.close()
  await guest.close()
})

const open = async (size?: { columns: number; rows: number }) =>
  shellClient(bench.open(await bench.ticket('desk', 'exec')), size)

it('opens a terminal of the size of the page, with signals, and tells the exit code', async () => {
  const shell = await open({ columns: 101, rows: 33 })
  await shell.until(PROMPT)
  shell.type('stty size; echo "is $((6*7))"\r')
  expect(await shell.until('is 42')).toContain('33 101')
  expect(shell.mode).toEqual({ terminal: true, resizes: true })
  shell.type('sleep 1000\r')
  await shell.until('sleep 1000')
  shell.type('\u0003')
  await shell.until('^C')
  shell.type('echo "after $((1+1))"; exit 7\r')
  await shell.until('after 2')
  expect(await shell.ended).toMatchObject({ reason: 'shell-ended', exit: { code: 7, message: '' } })
})

it('gives the terminal the size that the page has later, and tells the programs in it', async () => {
  const shell = await open({ columns: 80, rows: 24 })
  await shell.until(PROMPT)
  // While it is dragged: only the last one matters.
  for (const columns of [90, 100, 110, 123]) shell.resize({ columns, rows: 45 })
  await until('the last size is asked for', () => guest.commands.at(-1)?.[4] === '123')
  await until('nothing else runs', () => guest.running() === 1)
  shell.type('stty size; exit\r')
  expect(await shell.until('45 123')).toContain('stty size')
  await shell.ended
  const asked = guest.commands.filter(([program]) => program === 'stty')
  expect(asked.at(-1)).toEqual([
    'stty',
    '-F',
    expect.stringMatching(/^\/dev\/pts\/\d+$/),
    'cols',
    '123',
    'rows',
    '45',
  ])
  expect(asked.length).toBeLessThanOrEqual(4)
})

it('carries much, both ways, in order', async () => {
  const shell = await open()
  await shell.until(PROMPT)
  shell.type('stty -echo; seq 1 200000; echo "the end"\r')
  const text = await shell.until('the end\r\n')
  const numbers = text.split('\n').flatMap((line) => /(?:^|\r)(\d+)\r?$/.exec(line)?.[1] ?? [])
  expect([numbers.length, numbers.at(-1)]).toEqual([200_000, '200000'])
  shell.type('exit\r')
  await shell.ended
})

it('leaves no shell behind when pages go', async () => {
  const rounds = counted(1_000)
  const round = async (number: number) => {
    const socket = bench.open(await bench.ticket('desk', 'exec'))
    const shell = shellClient(socket)
    // Some go before there is a shell, some when it is at work.
    if (number % 3 !== 0) await shell.until(PROMPT)
    if (number % 3 === 2) shell.type('sleep 1000\r')
    socket.terminate()
  }
  for (let number = 0; number < rounds; number += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, more) => round(number + more)))
  }
  await until('no shell is left', () => guest.running() === 0)
  process.stdout.write(`promise D9: ${rounds} abrupt ends, ${guest.running()} shells left\n`)
  expect(guest.running()).toBe(0)
}, 600_000)

it('runs one shape of command, whatever the page sends', async () => {
  guest.commands.length = 0
  const shell = await open({ columns: 65_535, rows: 0 })
  await shell.until(PROMPT)
  shell.type('exit\r')
  await shell.ended
  const [command] = guest.commands
  expect(command?.slice(0, 2)).toEqual(['sh', '-c'])
  expect(command?.[2]).toContain('stty cols 500 rows 5 ')
})

it.each([
  [301, { Location: 'http://127.0.0.1:1/elsewhere' }, ''],
  [307, { Location: '/api/v1/namespaces/team/pods/other/exec' }, ''],
  [200, {}, 'hello'],
  [403, {}, JSON.stringify({ kind: 'Status', message: 'pods "desk" is forbidden' })],
  [500, {}, 'container not found'],
])('sends nothing after %i in place of a switch of protocols', async (status, headers, body) => {
  guest.commands.length = 0
  guest.answer = { status, headers, body }
  const shell = await open()
  const { reason, exit } = await shell.ended
  expect([reason, guest.commands]).toEqual(['shell-refused', []])
  expect(exit?.message).toContain(body.startsWith('{') ? 'is forbidden' : body || String(status))
})

it.each([
  ['an unknown frame', [7, 0, 0, 0, 0]],
  ['a frame that is too long', [0, 0x7f, 0xff, 0xff, 0xff]],
  ['a size that is none', [1, 0, 0, 0, 1, 9]],
  ['what only the server says', [3, 0, 0, 0, 1, 65]],
])('closes on %s', async (_why, bytes) => {
  const socket = bench.open(await bench.ticket('desk', 'exec'))
  socket.on('open', () => socket.send(Buffer.from(bytes)))
  socket.on('error', () => undefined)
  const reason = await new Promise((resolve) => socket.on('close', (_code, said) => resolve(said.toString())))
  expect(reason).toBe('shell-fault')
})

it('lets a ticket for a screen open no shell, nor one for a shell a screen', async () => {
  const answer = await bench.ticket('desk', 'exec')
  const socket = bench.open({ ...answer, path: answer.path.replace(/exec$/, 'vnc') })
  const status = await new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode))
    socket.on('error', () => undefined)
  })
  expect(status).toBe(401)
})
