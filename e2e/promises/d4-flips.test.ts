import { once } from 'node:events'
import { expect, it } from 'vitest'
import { MERGE } from '../../demo/api/testing/test-server.ts'
import { seededRandom } from '../../demo/random.ts'
import { startConsoleBench } from '../console/support/console-bench.ts'
import { senseEgress } from '../console/support/egress.ts'
import { screenPod } from '../console/support/screen-pod.ts'
import { echoScreen, listenOn, listenTo } from '../console/support/talk.ts'
import { API } from './bench-actions.ts'
import { counted, figure, SEED } from './figure.ts'

const AT_A_TIME = 20
const HOST = '127.0.0.77'

it('D4 dials what it checked, though the annotation changes between ticket and dial', async () => {
  const started = performance.now()
  const random = seededRandom(SEED)
  const screen = await echoScreen(HOST)
  const forbidden = await listenOn(() => {}, '127.0.0.78')
  const names = Array.from({ length: AT_A_TIME }, (_, index) => `desk-${index}`)
  const good = { ip: HOST, port: String(screen.port) }
  const bench = await startConsoleBench({
    objects: names.map((name) => screenPod(name, good)),
    settings: {
      allowances: [{ networks: [`${HOST}/32`], ports: [{ first: screen.port, last: screen.port }] }],
    },
  })
  const sensor = senseEgress([bench.port, Number(new URL(bench.cluster.server.url).port)])
  const annotate = (name: string, ip: string, port: string) => {
    const annotations = { 'vm.cocoonstack.io/ip': ip, 'vm.cocoonstack.io/vnc-port': port }
    return bench.cluster.server.ok('PATCH', `${API.pods}/${name}`, { metadata: { annotations } }, MERGE)
  }
  const bad = (): [string, string] =>
    random.next() < 0.5
      ? ['127.0.0.78', String(forbidden.port)]
      : [['169.254.169.254', '127.0.0.1', '10.0.0.1'][random.int(0, 2)] ?? '', good.port]
  const ends = new Map<string, number>()
  const rounds = counted(10_000)
  const play = async (name: string) => {
    await annotate(name, good.ip, good.port)
    const answer = await bench.ticket(name)
    // Before the WebSocket is opened, or just when it is: then either may be quicker.
    const before = random.next() < 0.5
    if (before) await annotate(name, ...bad())
    const socket = bench.open(answer)
    const heard = listenTo(socket)
    if (!before) {
      await once(socket, 'open')
      await annotate(name, ...bad())
    }
    const { reason, status } = await heard.ended
    ends.set(`${status} ${reason}`, (ends.get(`${status} ${reason}`) ?? 0) + 1)
  }
  const each = Math.ceil(rounds / AT_A_TIME)
  await Promise.all(
    names.map(async (name) => {
      for (let round = 0; round < each; round += 1) await play(name)
    }),
  )
  const wrong = sensor.dials.filter(({ host, port }) => host !== HOST || port !== screen.port)
  sensor.stop()
  await bench.close()
  await screen.close()
  await forbidden.close()
  const told = [...ends].map(([end, times]) => `${times} × ${end}`).join(', ')
  figure(
    'D4',
    started,
    `${each * AT_A_TIME} flips`,
    `${wrong.length} forbidden dials`,
    `${forbidden.dials} arrived`,
    told,
  )
  expect(wrong).toEqual([])
  expect(forbidden.dials).toBe(0)
  // None stays open once its address is another.
  expect([...ends.keys()].filter((end) => !/^101 (target-refused|vm-moved)$/.test(end))).toEqual([])
})
