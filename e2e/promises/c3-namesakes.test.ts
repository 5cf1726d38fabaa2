import { expect, it } from 'vitest'
import type { KubeJson } from '../../demo/api/json.ts'
import { MERGE } from '../../demo/api/testing/test-server.ts'
import type { TestServer } from '../../demo/api/testing/test-server.ts'
import { seededRandom } from '../../demo/random.ts'
import { fieldsOf } from '../../lib/fleet/reader.ts'
import { noSignIn } from '../../lib/kube/no-sign-in.ts'
import type { ApiRequest, Transport } from '../../lib/kube/transport.ts'
import { API, family, startActionBench } from './bench-actions.ts'
import { counted, figure, SEED } from './figure.ts'

/** One action on a named object, and what it would do to a namesake. */
interface Aim {
  of: 'pods' | 'sets'
  send: (name: string, uid: string) => [method: string, path: string, body?: object]
  asleep?: true
  spec?: object
}

const onVm = (action: string, more: object = {}, rest: Partial<Aim> = {}): Aim => ({
  of: 'pods',
  send: (name, uid) => ['POST', `/api/vms/team/${name}-0/${action}`, { uid, ...more }],
  ...rest,
})
const onSet = (action: string, more: object = {}, rest: Partial<Aim> = {}): Aim => ({
  of: 'sets',
  send: (name, uid) => ['POST', `/api/sets/team/${name}/${action}`, { uid, ...more }],
  ...rest,
})

const AIMS: readonly Aim[] = [
  onVm('hibernate'),
  onVm('wake', {}, { asleep: true }),
  onVm('restart'),
  onSet('suspend'),
  onSet('resume', {}, { spec: { suspend: true } }),
  onSet('fork', { count: 2 }),
  onSet('scale', { replicas: 5 }),
  onSet('migrate', { node: 'node-b' }),
  { of: 'sets', send: (name, uid) => ['DELETE', `/api/sets/team/${name}?uid=${uid}`] },
]

/** Calls `swap` before the `at`-th request of a deed, and says whether it came before the write. */
function swapping(transport: Transport, at: number, swap: () => Promise<void>) {
  let requests = 0
  const state = { early: false, wrote: false }
  return {
    state,
    transport: {
      ...transport,
      async open(request: ApiRequest) {
        const turn = requests
        requests += 1
        if (turn === at) {
          state.early = !state.wrote
          await swap()
        }
        state.wrote ||= (request.method ?? 'GET') !== 'GET'
        return transport.open(request)
      },
    },
  }
}

const ITS_OWN = new Set(['uid', 'resourceVersion', 'creationTimestamp', 'managedFields'])

/** Deletes the object at once and makes another of the same name, as it was. */
async function replace(server: TestServer, path: string): Promise<KubeJson> {
  const { status, ...old } = await server.ok('GET', path)
  await server.ok('DELETE', `${path}?gracePeriodSeconds=0`)
  const metadata = Object.fromEntries(Object.entries(old.metadata).filter(([name]) => !ITS_OWN.has(name)))
  await server.ok('POST', path.slice(0, path.lastIndexOf('/')), { ...old, metadata })
  return server.ok('PATCH', `${path}/status`, { status }, MERGE)
}

it('C3 never acts on a namesake of what was meant', async () => {
  const started = performance.now()
  const random = seededRandom(SEED)
  const rounds = counted(1_000)
  const plans = Array.from({ length: rounds }, (_, round) => {
    const aim = AIMS[round % AIMS.length] ?? onVm('restart')
    const name = `n${round}`
    return { aim, name, ...family(name, aim.spec ?? {}, aim.asleep ? 'asleep' : 'ready') }
  })
  const bench = await startActionBench(plans.flatMap(({ set, pod }) => [set, pod]))
  let [wrong, refused, early, done] = [0, 0, 0, 0]
  const { server } = bench
  const dashboard = await bench.dashboard()
  const honest = dashboard.service.transport

  for (const { aim, name } of plans) {
    const path = aim.of === 'pods' ? `${API.pods}/${name}-0` : `${API.sets}/${name}`
    const request = `${API.hibernations}/${name}-0`
    if (aim.asleep) {
      const spec = { podRef: { name: `${name}-0` }, desire: 'Hibernate' }
      const kind = { apiVersion: 'cocoonset.cocoonstack.io/v1', kind: 'CocoonHibernation' }
      await server.ok('POST', API.hibernations, { ...kind, metadata: { name: `${name}-0` }, spec })
      await server.ok('PATCH', `${request}/status`, { status: { phase: 'Hibernated' } }, MERGE)
    }
    const { metadata } = await server.ok('GET', path)
    let namesake: KubeJson | undefined
    const way = swapping(honest, random.int(0, 7), async () => {
      namesake = await replace(server, path)
    })
    dashboard.service.access = noSignIn(way.transport)
    const [method, url, body] = aim.send(name, metadata.uid ?? '')
    const { status } = await dashboard.call(method, url, body)
    dashboard.service.access = noSignIn(honest)

    early += way.state.early ? 1 : 0
    refused += status === 409 ? 1 : 0
    done += status === 200 ? 1 : 0
    if (namesake === undefined || !way.state.early) continue
    const now = await server.send('GET', path)
    const untouched =
      now.code === 200 &&
      now.body.metadata.uid === namesake.metadata.uid &&
      now.body.metadata.deletionTimestamp === undefined &&
      JSON.stringify(now.body.spec) === JSON.stringify(namesake.spec)
    const asked = await server.send('GET', request)
    const desire = asked.code === 200 ? fieldsOf(asked.body.spec).desire : undefined
    const unasked = aim.of === 'sets' || desire === (aim.asleep ? 'Hibernate' : undefined)
    wrong += untouched && unasked && status === 409 ? 0 : 1
  }
  await bench.close()
  figure(
    'C3',
    started,
    `${wrong} wrong victims in ${rounds}`,
    `${early} replaced before the write`,
    `${refused} refused, ${done} done`,
  )
  expect(wrong).toBe(0)
  expect([early > rounds / 4, done > 0]).toEqual([true, true])
})
