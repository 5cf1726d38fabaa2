import { expect, it } from 'vitest'
import { noteLogger } from '../../lib/kube/trail/note-logger.fixture.ts'
import { counted, figure } from '../promises/figure.ts'
import { startConsoleBench } from './support/console-bench.ts'
import { startLocalExec } from './support/local-exec.ts'
import { screenPod } from './support/screen-pod.ts'
import { shellClient } from './support/shell-client.ts'
import { BANNER, echoScreen, listenTo, listenOn } from './support/talk.ts'

const TYPED = 'typed-canary-7d1f'

it('C9 takes down every screen that is opened and closed, and every one that is not, and nothing that is typed', async () => {
  const started = performance.now()
  const screen = await echoScreen()
  const silent = await listenOn((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'))
  const { logger, lines, text } = noteLogger()
  const bench = await startConsoleBench({
    objects: [
      screenPod('desk', { port: String(screen.port) }),
      screenPod('web', { port: String(silent.port) }),
    ],
    logger,
  })
  const rounds = counted(100)
  for (let round = 0; round < rounds; round += 1) {
    const socket = bench.open(await bench.ticket('desk'))
    const heard = listenTo(socket)
    await heard.until(BANNER.length)
    socket.send(Buffer.from(TYPED))
    await heard.until(BANNER.length + TYPED.length)
    socket.close()
    await heard.ended
  }
  const refused = listenTo(bench.open(await bench.ticket('web')))
  expect(await refused.ended).toMatchObject({ reason: 'not-rfb' })
  expect((await bench.ask('desk', { uid: 'uid-of-another' })).status).toBe(409)
  await bench.service.trail.settled(5_000)

  const target = { resource: 'pods', namespace: 'team', name: 'desk', uid: 'uid-desk' }
  const of = (action: string, result: string) =>
    lines().filter((line) => line.action === action && line.result === result)
  const opened = of('open-console', 'done')
  const closed = of('close-console', 'done')
  expect(opened).toHaveLength(rounds)
  expect(closed).toHaveLength(rounds)
  for (const line of opened) expect(line).toMatchObject({ target, who: 'the dashboard' })
  for (const line of closed) {
    expect(line).toMatchObject({ target, code: 'closed', traffic: { sent: TYPED.length } })
  }
  expect(of('open-console', 'failed')).toMatchObject([{ code: 'not-rfb', target: { name: 'web' } }])
  expect(of('open-console', 'refused')).toMatchObject([{ code: 'recreated' }])
  const secrets = text().split(TYPED).length - 1
  figure(
    'C9',
    started,
    `${rounds} screens opened and closed, ${opened.length + closed.length} records, ${secrets} with what was typed`,
  )
  expect(secrets).toBe(0)
  await bench.close()
  await screen.close()
  await silent.close()
})

it('C9 takes down every shell that is opened and closed, and nothing that is typed in it', async () => {
  const started = performance.now()
  const guest = await startLocalExec()
  const { logger, lines, text } = noteLogger()
  const annotations = { 'vm.cocoonstack.io/id': 'vm-1' }
  const bench = await startConsoleBench({
    objects: [screenPod('desk', { managed: true, podIP: '127.0.0.1', annotations })],
    wrap: (transport) => guest.wrap(transport),
    logger,
  })
  const rounds = counted(50)
  for (let round = 0; round < rounds; round += 1) {
    const shell = shellClient(bench.open(await bench.ticket('desk', 'exec')))
    await shell.until(/[#$] /)
    shell.type(`echo ${TYPED}; exit\r`)
    expect(await shell.ended).toMatchObject({ reason: 'shell-ended' })
  }
  const of = (action: string) => lines().filter((line) => line.action === action && line.result === 'done')
  const ends = of('close-terminal')
  figure(
    'C9',
    started,
    `${rounds} shells opened and closed, ${of('open-terminal').length + ends.length} records`,
  )
  expect(of('open-terminal')).toHaveLength(rounds)
  expect(ends.map(({ code }) => code)).toEqual(Array.from({ length: rounds }, () => 'shell-ended'))
  expect(text()).not.toContain(TYPED)
  await bench.close()
  await guest.close()
})
