import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { pino } from 'pino'
import { createTickets } from '../../lib/console/tickets.ts'
import { startConsoleBench } from '../console/support/console-bench.ts'
import { rawUpgrade } from '../console/support/raw-upgrade.ts'
import { screenPod } from '../console/support/screen-pod.ts'
import { BANNER, echoScreen, listenTo } from '../console/support/talk.ts'
import { counted, figure } from './figure.ts'

it('D7 lets a ticket open one console, once, for whom and what it was issued', async () => {
  const started = performance.now()
  const screen = await echoScreen()
  const at = { port: String(screen.port) }
  let now = Date.now()
  let logged = ''
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      logged += chunk.toString()
      done()
    },
  })
  const bench = await startConsoleBench({
    objects: [screenPod('desk', at), screenPod('other', at)],
    now: () => now,
    logger: pino({ level: 'trace' }, sink),
  })
  const { port, origin } = bench
  const host = `localhost:${port}`
  const path = '/api/vms/team/desk/vnc'
  const show = (protocol: string, target = path) => rawUpgrade(port, { target, host, origin, protocol })
  const issued: string[] = []
  const protocolOf = async () => {
    const answer = await bench.ticket('desk')
    issued.push(answer.protocols[1]?.slice('ticket.'.length) ?? '')
    expect(answer.path).toBe(path)
    return answer.protocols.join(', ')
  }
  let replays = 0
  let first = 0
  const rounds = counted(100)
  for (let round = 0; round < rounds; round += 1) {
    const protocol = await protocolOf()
    // A hundred at the same instant.
    const statuses = await Promise.all(Array.from({ length: 100 }, () => show(protocol)))
    const entered = statuses.filter((status) => status === 101).length
    first += entered > 0 ? 1 : 0
    replays += Math.max(0, entered - 1) + ((await show(protocol)) === 101 ? 1 : 0)
  }
  // One who stays until the screen has greeted, so that the log has something to tell of.
  const staying = bench.open({
    path,
    protocols: (await protocolOf()).split(', '),
    expiresAt: '',
    viewer: '',
  })
  await listenTo(staying).until(BANNER.length)
  staying.terminate()
  // For another VM: it is refused, and used up by that.
  const forOther = await protocolOf()
  const elsewhere = [await show(forOther, '/api/vms/team/other/vnc'), await show(forOther)]
  // Of another session.
  const uid = 'uid-desk'
  const endpoint = { host: '127.0.0.1', port: screen.port }
  const foreign = bench.consoles.tickets.issue({
    kind: 'vnc',
    who: 'somebody else',
    session: '',
    namespace: 'team',
    name: 'desk',
    uid,
    endpoint,
  })
  const session = await show(`binary, ticket.${foreign?.ticket}`)
  // Of a VM that was made anew since, and of one whose screen is elsewhere since.
  const changed: string[] = []
  for (const other of [{ uid: 'uid-before' }, { endpoint: { ...endpoint, port: 1 } }]) {
    const stale = bench.consoles.tickets.issue({
      kind: 'vnc',
      who: 'the dashboard',
      session: '',
      namespace: 'team',
      name: 'desk',
      uid,
      endpoint,
      ...other,
    })
    const answer = { path, protocols: ['binary', `ticket.${stale?.ticket}`], expiresAt: '', viewer: '' }
    changed.push((await listenTo(bench.open(answer)).ended).reason)
  }
  // Too late.
  const old = await protocolOf()
  now += 30_000
  const late = await show(old)

  // Guesses, at the store itself and at the door.
  const guesses = counted(1_000_000)
  // However long the guesses take, the real ones stay good.
  const store = createTickets(() => 0)
  const admission = {
    kind: 'vnc' as const,
    who: '',
    session: '',
    namespace: '',
    name: '',
    uid: '',
    endpoint: null,
  }
  const real = Array.from({ length: 200 }, () => store.issue(admission)?.ticket ?? '')
  let guessed = 0
  for (let guess = 0; guess < guesses; guess += 1) {
    // Half of them differ from a real one in their first letter only.
    const near = real[guess % real.length] ?? ''
    const other = near.startsWith('A') ? 'B' : 'A'
    const text = guess % 2 === 0 ? randomBytes(32).toString('base64url') : `${other}${near.slice(1)}`
    if (store.redeem(text) !== null) guessed += 1
  }
  const left = real.filter((ticket) => store.redeem(ticket) !== null).length
  await bench.close()
  await screen.close()
  const leaks = issued.filter((ticket) => logged.includes(ticket)).length
  figure(
    'D7',
    started,
    `${rounds} tickets shown 101 times each, 100 of them at once`,
    `${replays} replays`,
    `${guesses} guesses, ${guessed} right`,
    `${leaks} of ${issued.length} in ${logged.length} characters of log`,
  )
  expect({ first, replays, guessed, left, leaks }).toEqual({
    first: rounds,
    replays: 0,
    guessed: 0,
    left: real.length,
    leaks: 0,
  })
  expect({ elsewhere, session, late }).toEqual({ elsewhere: [401, 401], session: 401, late: 401 })
  expect(changed).toEqual(['vm-moved', 'vm-moved'])
  expect(logged).toContain('opened its screen')
})
