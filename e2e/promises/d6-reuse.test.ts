import { expect, it } from 'vitest'
import { MERGE } from '../../demo/api/testing/test-server.ts'
import { startConsoleBench } from '../console/support/console-bench.ts'
import { screenPod } from '../console/support/screen-pod.ts'
import { BANNER, listenOn, listenTo } from '../console/support/talk.ts'
import { API } from './bench-actions.ts'
import { counted, figure, seconds } from './figure.ts'
import { until } from './until.ts'

const AT_A_TIME = 10
const OTHERS = '/api/v1/namespaces/other/pods'
const MARK = 'this is the screen of somebody else'

/** What happens to VM A, and what its console must say. */
const FATES: Record<string, { reason: RegExp; change(name: string): object | null }> = {
  deleted: { reason: /^vm-gone$/, change: () => null },
  'put to sleep': {
    reason: /^hibernating$/,
    change: () => ({ metadata: { annotations: { 'vm.cocoonstack.io/lifecycle-state': 'hibernating' } } }),
  },
  'given another address': {
    reason: /^vm-moved$/,
    change: () => ({ metadata: { annotations: { 'vm.cocoonstack.io/ip': '127.0.0.99' } } }),
  },
}

it('D6 closes a console before anybody else is shown in it', async () => {
  const started = performance.now()
  const rounds = counted(500)
  const names = Array.from({ length: AT_A_TIME }, (_, index) => `desk-${index}`)
  const screens = await Promise.all(names.map(() => listenOn((socket) => void socket.write(BANNER))))
  const other = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } }
  const bench = await startConsoleBench({ objects: [other] })
  const { server } = bench.cluster
  const ends = new Map<string, number>()
  let longest = 0
  let shown = 0
  let reopened = 0
  const play = async (place: number, round: number) => {
    const name = `desk-${place}-${round}`
    const screen = screens[place]
    const port = String(screen?.port)
    const { metadata, ...rest } = screenPod(name, { port })
    const { uid } = (await server.ok('POST', API.pods, { ...rest, metadata })).metadata as { uid: string }
    await until('the VM to be known', () => bench.service.whole.vmNamed('team', name) !== undefined)
    const { body } = await bench.ask(name, { uid })
    const heard = listenTo(bench.open(body as never))
    await heard.until(BANNER.length)

    const [fate, { change, reason: wanted }] = Object.entries(FATES)[round % 3] ?? [
      '',
      FATES.deleted as never,
    ]
    const changed = performance.now()
    const patch = change(name)
    if (patch === null) await server.ok('DELETE', `${API.pods}/${name}`, { gracePeriodSeconds: 0 })
    else await server.ok('PATCH', `${API.pods}/${name}`, patch, MERGE)
    const b = screenPod(`${name}-b`, { port, namespace: 'other' })
    await server.ok('POST', OTHERS, b)
    const { reason } = await heard.ended
    longest = Math.max(longest, performance.now() - changed)
    // From now on the other VM answers there, on every connection that is left.
    for (const socket of screen?.sockets ?? []) socket.write(MARK)
    shown += heard.text().includes(MARK) ? 1 : 0
    const again = await bench.ask(name, { uid })
    // At an address of its own it may be looked at again.
    reopened += again.status === 200 && fate !== 'given another address' ? 1 : 0
    const end = `${fate}: ${reason}${wanted.test(reason) ? '' : ' (wrong)'}`
    ends.set(end, (ends.get(end) ?? 0) + 1)
    if (patch !== null) await server.ok('DELETE', `${API.pods}/${name}`, { gracePeriodSeconds: 0 })
  }
  const each = Math.ceil(rounds / AT_A_TIME)
  await Promise.all(
    names.map(async (_, place) => {
      for (let round = 0; round < each; round += 1) await play(place, round)
    }),
  )
  const left = screens.reduce((sum, { sockets }) => sum + sockets.size, 0)
  await bench.close()
  await Promise.all(screens.map((screen) => screen.close()))
  const told = [...ends].map(([end, times]) => `${times} × ${end}`).join(', ')
  figure(
    'D6',
    started,
    `${each * AT_A_TIME} VMs whose address went to another tenant`,
    `${shown} frames of it shown`,
    `longest ${seconds(longest)} (limit 2 s)`,
    told,
  )
  expect([...ends.keys()].filter((end) => end.endsWith('(wrong)'))).toEqual([])
  expect({ shown, left }).toEqual({ shown: 0, left: 0 })
  expect(reopened).toBe(0)
})
