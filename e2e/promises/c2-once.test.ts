import { expect, it } from 'vitest'
import { seededRandom } from '../../demo/random.ts'
import type { KubeJson } from '../../demo/api/json.ts'
import { fieldsOf } from '../../lib/fleet/reader.ts'
import { API, family, startActionBench } from './bench-actions.ts'
import type { Answered, Dashboard } from './bench-actions.ts'
import { counted, figure, SEED } from './figure.ts'
import { FATES, fates, spoilt } from './spoilt-transport.ts'
import type { Fate } from './spoilt-transport.ts'

/** One kind of click: what is sent, and how often the cluster shows that it was done. */
interface Kind {
  send: (name: string) => [method: string, path: string, body: object]
  /** Where the effect shows. */
  shows: (name: string) => string
  effects: (object: KubeJson | null) => number
  /** What other people do to the same object meanwhile, and how it counts. */
  contend?: (name: string) => [method: string, path: string, body: object]
}

const specOf = (object: KubeJson | null) => fieldsOf(object?.spec)

const KINDS: Record<string, Kind> = {
  fork: {
    send: (name) => ['POST', `/api/sets/team/${name}/fork`, { uid: `set-${name}`, count: 1 }],
    shows: (name) => `${API.sets}/${name}`,
    effects: (set) => Number(fieldsOf(specOf(set).agent).replicas),
    contend: (name) => ['POST', `/api/vms/team/${name}-0/fork`, { uid: `uid-${name}-0`, count: 1 }],
  },
  suspend: {
    send: (name) => ['POST', `/api/sets/team/${name}/suspend`, { uid: `set-${name}` }],
    shows: (name) => `${API.sets}/${name}`,
    effects: (set) => (specOf(set).suspend === true ? Number(set?.metadata.generation) - 1 : 0),
  },
  hibernate: {
    send: (name) => ['POST', `/api/vms/team/${name}-0/hibernate`, { uid: `uid-${name}-0` }],
    shows: (name) => `${API.hibernations}/${name}-0`,
    effects: (hibernation) =>
      specOf(hibernation).desire === 'Hibernate' ? Number(hibernation?.metadata.generation) : 0,
  },
  restart: {
    send: (name) => ['POST', `/api/vms/team/${name}-0/restart`, { uid: `uid-${name}-0` }],
    shows: (name) => `${API.pods}/${name}-0`,
    effects: (pod) => (pod === null || pod.metadata.deletionTimestamp ? 1 : 0),
  },
  create: {
    send(name) {
      const metadata = { namespace: 'team', name: `new-${name}` }
      return ['POST', '/api/sets', { metadata, spec: { agent: { image: 'ubuntu:24.04' } } }]
    },
    shows: (name) => `${API.sets}/new-${name}`,
    effects: (set) => set?.metadata.generation ?? 0,
  },
}

/** Clicks twice, and asks again with the same key for as long as nobody knows the outcome. */
async function insist(dashboard: Dashboard, [method, path, body]: ReturnType<Kind['send']>, key: string) {
  const ask = () => dashboard.call(method, path, body, { 'idempotency-key': key })
  const [first, twin] = await Promise.all([ask(), ask()])
  const told: Answered[] = [first, twin]
  for (let again = 0; again < 3 || (told.at(-1)?.status === 504 && again < 10); again += 1)
    told.push(await ask())
  return told
}

const isDone = ({ status }: Answered) => status === 200 || status === 201

it('C2 does once what is asked once, whatever answer gets lost', async () => {
  const started = performance.now()
  const random = seededRandom(SEED)
  const rounds = counted(1_000)
  const names = Array.from({ length: rounds }, (_, round) => `r${round}`)
  const bench = await startActionBench(
    names.map((name) => family(name)).flatMap(({ set, pod }) => [set, pod]),
  )
  const met = new Map<Fate, number>(FATES.map((fate) => [fate, 0]))
  const draw = fates(random.fork('fates'))
  const fate = () => {
    const drawn = draw()
    met.set(drawn, (met.get(drawn) ?? 0) + 1)
    return drawn
  }
  const unlucky = await bench.dashboard((transport) => spoilt(transport, random.fork('late'), fate))
  const lucky = await bench.dashboard()
  const kinds = Object.values(KINDS)

  let [once, agreed] = [0, 0]
  const play = async (name: string, round: number) => {
    const kind = kinds[round % kinds.length]
    if (!kind) return
    const contender = kind.contend?.(name)
    const [told, other] = await Promise.all([
      insist(unlucky, kind.send(name), `key-${round}`),
      contender ? lucky.call(...contender) : undefined,
    ])
    const reply = await bench.server.send('GET', kind.shows(name))
    const effects = kind.effects(reply.code === 404 ? null : reply.body) - (other && isDone(other) ? 1 : 0)
    once += effects === 1 ? 1 : 0
    const final = told.filter(({ status }) => status !== 504)
    agreed += new Set(final.map((answer) => JSON.stringify(answer))).size === 1 && final.every(isDone) ? 1 : 0
  }
  const AT_ONCE = 10
  for (let from = 0; from < rounds; from += AT_ONCE) {
    await Promise.all(names.slice(from, from + AT_ONCE).map((name, index) => play(name, from + index)))
  }
  await bench.close()
  const lost = [...met].map(([what, times]) => `${times} ${what}`).join(', ')
  figure(
    'C2',
    started,
    `${once}/${rounds} had one effect`,
    `${agreed}/${rounds} were told so each time`,
    lost,
  )
  expect([once, agreed]).toEqual([rounds, rounds])
})

it('C2 says that it does not know, and finds out when it is asked again', async () => {
  const started = performance.now()
  const rounds = counted(100)
  const names = Array.from({ length: rounds }, (_, round) => `s${round}`)
  const bench = await startActionBench(
    names.map((name) => family(name)).flatMap(({ set, pod }) => [set, pod]),
  )
  let silent = true
  const dashboard = await bench.dashboard((transport) =>
    spoilt(transport, seededRandom(SEED), () => (silent ? 'done, unanswered' : 'passes')),
  )
  const click = (name: string) =>
    dashboard.call(
      'POST',
      `/api/sets/team/${name}/fork`,
      { uid: `set-${name}`, count: 1 },
      { 'idempotency-key': name },
    )
  const unknown = await Promise.all(names.map(click))
  silent = false
  const known = await Promise.all(names.map(click))
  const effects = await Promise.all(
    names.map(async (name) => KINDS.fork?.effects(await bench.server.ok('GET', `${API.sets}/${name}`))),
  )
  await bench.close()
  const codes = new Set(unknown.map(({ body }) => body.code))
  const done = known.filter(isDone).length
  figure(
    'C2 (silence)',
    started,
    `${done}/${rounds} found out`,
    `${effects.filter((n) => n === 1).length} had one effect`,
  )
  expect([...codes]).toEqual(['outcome-unknown'])
  expect([done, new Set(effects)]).toEqual([rounds, new Set([1])])
})
