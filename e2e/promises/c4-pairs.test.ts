import { expect, it } from 'vitest'
import { isRecord } from '../../demo/api/json.ts'
import type { TestServer } from '../../demo/api/testing/test-server.ts'
import { FINALIZER_COCOON_SET } from '../../lib/cocoon/component-keys.ts'
import { fieldsOf } from '../../lib/fleet/reader.ts'
import { API, family, startActionBench } from './bench-actions.ts'
import type { Answered, Dashboard } from './bench-actions.ts'
import { counted, figure } from './figure.ts'

type Send = (name: string) => [method: string, path: string, body?: object]

const onVm =
  (action: string): Send =>
  (name) => ['POST', `/api/vms/team/${name}-0/${action}`, { uid: `uid-${name}-0` }]
const onSet =
  (action: string, more: object = {}): Send =>
  (name) => ['POST', `/api/sets/team/${name}/${action}`, { uid: `set-${name}`, ...more }]

const ACTIONS: Record<string, Send> = {
  hibernate: onVm('hibernate'),
  wake: onVm('wake'),
  restart: onVm('restart'),
  migrate: onSet('migrate', { node: 'node-b' }),
  suspend: onSet('suspend'),
  scale: onSet('scale', { replicas: 2 }),
  delete: (name) => ['DELETE', `/api/sets/team/${name}?uid=set-${name}`],
}

const NAMES = Object.keys(ACTIONS)
const PAIRS = NAMES.flatMap((left, at) => NAMES.slice(at).map((right): [string, string] => [left, right]))

/** What is left, without what differs between any two objects. */
async function outcome(server: TestServer, name: string) {
  const read = async (path: string) => {
    const { code, body } = await server.send('GET', path)
    return code === 200 ? body : null
  }
  const set = await read(`${API.sets}/${name}`)
  const pod = await read(`${API.pods}/${name}-0`)
  const hibernation = await read(`${API.hibernations}/${name}-0`)
  return JSON.stringify([
    set && [set.spec, set.metadata.deletionTimestamp !== undefined],
    pod && pod.metadata.deletionTimestamp !== undefined,
    hibernation && fieldsOf(hibernation.spec).desire,
  ])
}

/** The loser is told that it was a conflict, by whom and when. */
const isTold = ({ status, body }: Answered) =>
  status === 200 ||
  (status === 409 && isRecord(body.conflict) && body.conflict.who !== '' && body.conflict.when !== '')

it('C4 ends contradictory clicks as if one had come after the other', async () => {
  const started = performance.now()
  const rounds = counted(200)
  const sleeping = (round: number) => round % 2 === 1
  const plan = PAIRS.flatMap(([left, right], pair) =>
    Array.from({ length: rounds }, (_, round) => ({ left, right, round, name: `p${pair}r${round}` })),
  )
  /** The same family three times: for both at once, and for either order. */
  const copies = ['', '-ab', '-ba']
  const families = plan.flatMap(({ name, round }) =>
    copies.map((copy) => family(name + copy, {}, sleeping(round) ? 'asleep' : 'ready')),
  )
  const bench = await startActionBench(
    families.flatMap(({ set, pod }) => [
      // As the operator leaves it: a set stays, marked, until its VMs are gone.
      { ...set, metadata: { ...set.metadata, finalizers: [FINALIZER_COCOON_SET] } },
      pod,
    ]),
  )
  const { server } = bench
  const dashboard = await bench.dashboard()

  const prepare = async (name: string) => {
    const spec = { podRef: { name: `${name}-0` }, desire: 'Hibernate' }
    const kind = { apiVersion: 'cocoonset.cocoonstack.io/v1', kind: 'CocoonHibernation' }
    await server.ok('POST', API.hibernations, { ...kind, metadata: { name: `${name}-0` }, spec })
    const merge = { 'content-type': 'application/merge-patch+json' }
    await server.ok(
      'PATCH',
      `${API.hibernations}/${name}-0/status`,
      { status: { phase: 'Hibernated' } },
      merge,
    )
  }
  const click = (by: Dashboard, action: string, name: string) => {
    const send = ACTIONS[action]
    if (!send) throw new Error(`no action ${action}`)
    return by.call(...send(name))
  }
  const verdict = async (name: string, left: Answered, right: Answered) =>
    `${left.status} ${right.status} ${await outcome(server, name)}`

  let [serial, told, losers] = [0, 0, 0]
  const odd: string[] = []
  for (const { left, right, round, name } of plan) {
    if (sleeping(round)) await Promise.all(copies.map((copy) => prepare(name + copy)))
    const [a, b] = await Promise.all([click(dashboard, left, name), click(dashboard, right, name)])
    const together = await verdict(name, a, b)
    const first = await click(dashboard, left, `${name}-ab`)
    const ab = await verdict(`${name}-ab`, first, await click(dashboard, right, `${name}-ab`))
    const second = await click(dashboard, right, `${name}-ba`)
    const ba = await verdict(`${name}-ba`, await click(dashboard, left, `${name}-ba`), second)
    if (together === ab || together === ba) serial += 1
    else odd.push(`${left} and ${right}: ${together} is neither ${ab} nor ${ba}`)
    // Whoever is refused alike without the other has lost to nobody.
    const lost = [
      ...(a.status !== 200 && first.status === 200 ? [a] : []),
      ...(b.status !== 200 && second.status === 200 ? [b] : []),
    ]
    losers += lost.length
    told += lost.filter(isTold).length
    for (const answer of lost)
      if (!isTold(answer)) odd.push(`${left} and ${right}: ${JSON.stringify(answer)}`)
  }
  await bench.close()
  figure(
    'C4',
    started,
    `${serial}/${plan.length} rounds of ${PAIRS.length} pairs ended in one of the orders`,
    `${told}/${losers} losers told by whom and when`,
  )
  expect(odd.slice(0, 5)).toEqual([])
  expect(losers).toBeGreaterThan(plan.length / 10)
})
