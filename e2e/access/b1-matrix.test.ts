import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROUTE_RULES } from '../../lib/access/route-rules.ts'
import type { FleetDocument } from '../../lib/fleet/wire.ts'
import { figure } from '../promises/figure.ts'
import { until } from '../promises/until.ts'
import { DATA_ROUTES, startMarkedDashboard } from './support/marked-dashboard.ts'
import type { DataRoute, MarkedDashboard, Place } from './support/marked-dashboard.ts'
import { startMarkedCluster } from './support/marked-cluster.ts'
import type { MarkedCluster } from './support/marked-cluster.ts'
import { marksIn } from './support/marks.ts'
import type { Mark } from './support/marks.ts'
import { openEye } from './support/open-eye.ts'
import type { OpenEye } from './support/open-eye.ts'
import { shownTo } from './support/oracle.ts'
import type { Shown } from './support/oracle.ts'
import type { Watcher, WatcherKind } from './support/watchers.ts'

const NAMESPACES = 20

let cluster: MarkedCluster
let dashboard: MarkedDashboard
const truth = new Map<WatcherKind, Shown>()
const watcher = (kind: WatcherKind): Watcher => {
  const found = cluster.watchers.find((each) => each.kind === kind)
  if (found === undefined) throw new Error(`nobody is ${kind}`)
  return found
}
const shown = (kind: WatcherKind): Shown =>
  truth.get(kind) ?? { all: new Set(), listed: new Set(), events: new Set(), counts: {}, readable: new Set() }

/** Asks the API server itself, as each of them, for all there is. */
async function askTheTruth(): Promise<void> {
  const { objects, namespaces } = cluster.fleet
  for (const each of cluster.watchers) {
    const transport = cluster.transportOf(each)
    const names = namespaces.map(({ name }) => name)
    const now = await shownTo(transport, names, objects)
    // What they could have seen before a change they may have been shown.
    const before = truth.get(each.kind)?.all ?? new Set()
    truth.set(each.kind, { ...now, all: new Set([...now.all, ...before]) })
    transport.close()
  }
}

beforeAll(async () => {
  cluster = await startMarkedCluster(NAMESPACES)
  dashboard = await startMarkedDashboard(cluster)
  await askTheTruth()
}, 900_000)
afterAll(async () => {
  await dashboard.close()
  await cluster.close()
})

/** Marks that somebody was shown and may not see. */
const leaked = (kind: WatcherKind, text: string): Mark[] =>
  [...marksIn(text)].filter((mark) => !shown(kind).all.has(mark))

/** Marks that the administrator is shown by this route, and somebody who may see them too is not. */
const missing = (may: ReadonlySet<Mark>, full: string, text: string): Mark[] => {
  const got = marksIn(text)
  return [...marksIn(full)].filter((mark) => may.has(mark) && !got.has(mark))
}

const NOBODY: ReadonlySet<WatcherKind> = new Set<WatcherKind>(['expired', 'deleted'])
const pods = (): Place[] =>
  cluster.fleet.namespaces.flatMap(({ name, pods: names }) =>
    names.map((pod) => ({ namespace: name, name: pod })),
  )
const sets = (): Place[] => cluster.fleet.namespaces.map(({ name, set }) => ({ namespace: name, name: set }))
const uidOf = ({ namespace, name }: Place, kind: string) =>
  cluster.fleet.objects.find(
    (object) =>
      object.kind === kind && object.metadata?.namespace === namespace && object.metadata.name === name,
  )?.metadata?.uid ?? ''

interface Question {
  route: DataRoute
  place: Place
  query?: string
  body?: unknown
  /** What must be shown whoever may see it; null where an answer may hold less. */
  needs: string | null
}

const NOWHERE: Place = { namespace: '', name: '' }

function questions(): Question[] {
  const bulk = (action: string, kind: string, places: readonly Place[], more = {}): Question => ({
    route: 'POST /api/bulk',
    place: NOWHERE,
    query: '?dryRun=true',
    body: { action, targets: places.map((place) => ({ ...place, uid: uidOf(place, kind) })), ...more },
    needs: null,
  })
  const missingVms = cluster.fleet.namespaces.map(({ name }) => ({
    namespace: name,
    name: 'nobody-has-this-name',
  }))
  return [
    { route: 'GET /api/fleet', place: NOWHERE, needs: 'lists' },
    { route: 'GET /api/audit', place: NOWHERE, needs: 'events' },
    ...cluster.fleet.namespaces.flatMap(({ name: namespace }): Question[] => {
      const query = `?namespace=${namespace}`
      return [
        { route: 'GET /api/audit', place: { namespace, name: '' }, query, needs: null },
        { route: 'GET /api/rights', place: { namespace, name: '' }, query, needs: null },
      ]
    }),
    ...[...pods(), ...missingVms].flatMap((place): Question[] => {
      const uid = uidOf(place, 'Pod') || '00000000-0000-4000-8000-000000000000'
      return [
        { route: 'GET /api/vms/[namespace]/[name]', place, needs: `Pod ${place.namespace}/${place.name}` },
        { route: 'GET /api/vms/[namespace]/[name]/logs', place, needs: null },
        {
          route: 'GET /api/vms/[namespace]/[name]/screen',
          place,
          query: `?uid=${uid}&width=320`,
          needs: null,
        },
        { route: 'GET /api/vms/[namespace]/[name]/viewers', place, query: `?uid=${uid}`, needs: null },
      ]
    }),
    ...sets().map((place): Question => ({
      route: 'GET /api/sets/[namespace]/[name]',
      place,
      needs: `CocoonSet ${place.namespace}/${place.name}`,
    })),
    bulk('hibernate', 'Pod', pods()),
    bulk('wake', 'Pod', pods()),
    bulk('fork', 'Pod', pods(), { count: 1 }),
    bulk('restart', 'Pod', pods()),
    bulk('suspend', 'CocoonSet', sets()),
    bulk('scale-set', 'CocoonSet', sets(), { replicas: 3 }),
    bulk('migrate-set', 'CocoonSet', sets(), { node: cluster.fleet.objects[0]?.metadata?.name ?? '' }),
    bulk('delete-set', 'CocoonSet', sets()),
  ]
}

it('B1 asks every route that answers with data of the cluster', () => {
  const reading = Object.entries(ROUTE_RULES)
    .filter(([, rule]) => 'GET' in rule && rule.GET === 'signed-in')
    .map(([pattern]) => `GET ${pattern}`)
  expect(reading.filter((route) => !(route in DATA_ROUTES))).toEqual(['GET /api/fleet/stream'])
})

it('B1 answers with what the API server itself would show, and with nothing else', async () => {
  const started = performance.now()
  const asked = questions()
  const full = new Map<Question, string>()
  for (const question of asked) full.set(question, (await ask(watcher('admin'), question)).text)
  let answers = 0
  let marks = 0
  const faults: string[] = []
  for (const each of cluster.watchers) {
    const { kind } = each
    for (const question of asked) {
      const answer = await ask(each, question)
      const what = `${kind}: ${question.route} ${question.place.namespace}/${question.place.name}`
      answers += 1
      marks += marksIn(answer.text).size
      // What was said in asking is nobody's secret.
      const said = marksIn(JSON.stringify(question))
      for (const mark of leaked(kind, answer.text).filter((one) => !said.has(one)))
        faults.push(`${what} leaks ${mark}`)
      if (NOBODY.has(kind) && answer.status !== 401) faults.push(`${what} is answered ${answer.status}`)
      const { needs } = question
      const may = mustShow(kind, needs)
      if (may === null || NOBODY.has(kind)) continue
      for (const mark of missing(may, full.get(question) ?? '', answer.text))
        faults.push(`${what} misses ${mark}`)
      if (question.route === 'GET /api/fleet')
        faults.push(...countFaults(kind, JSON.parse(answer.body) as FleetDocument))
    }
  }
  figure(
    'B1',
    started,
    `${cluster.watchers.length} users x ${NAMESPACES} namespaces x ${asked.length} requests of ${Object.keys(DATA_ROUTES).length} routes: ${answers} answers with ${marks} marks`,
    `${faults.filter((fault) => fault.includes(' leaks ')).length} leaks`,
    `${faults.filter((fault) => fault.includes(' misses ')).length} missing`,
  )
  expect(marks).toBeGreaterThan(1_000)
  expect(faults.slice(0, 20)).toEqual([])
})

/** The marks that an answer may not leave out. */
function mustShow(kind: WatcherKind, needs: string | null): ReadonlySet<Mark> | null {
  const { listed, events, readable, all } = shown(kind)
  if (needs === 'lists') return listed
  if (needs === 'events') return events
  return needs !== null && readable.has(needs) ? all : null
}

const ask = (who: Watcher, { route, place, query = '', body }: Question) =>
  dashboard.ask(who, route, place, { query, body })

/** Totals are of what is seen: rows there are, and what was counted of them. */
function countFaults(kind: WatcherKind, document: FleetDocument): string[] {
  const { counts } = shown(kind)
  const told = {
    pods: document.vms.length,
    cocoonsets: document.sets.length,
    nodes: document.nodes.length,
  }
  const faults = Object.entries(told).flatMap(([resource, count]) =>
    count === (counts[resource] ?? 0) ? [] : [`${kind}: ${count} ${resource} leaks the count of others`],
  )
  const alien = document.operations.filter(({ on, name }) => {
    const rows: readonly { name: string }[] = on === 'vm' ? document.vms : document.sets
    return !rows.some((row) => row.name === name)
  })
  return [...faults, ...alien.map(({ uid }) => `${kind}: operation ${uid} leaks`)]
}

it('B1 tells nothing of whether an object exists where it may not be read', async () => {
  const started = performance.now()
  let pairs = 0
  const differing: string[] = []
  for (const each of cluster.watchers) {
    for (const { name: namespace, set, pods: names } of cluster.fleet.namespaces) {
      for (const [route, kind, name] of [
        ['GET /api/vms/[namespace]/[name]', 'Pod', names[0]],
        ['GET /api/vms/[namespace]/[name]/logs', 'Pod', names[0]],
        ['GET /api/vms/[namespace]/[name]/screen', 'Pod', names[0]],
        ['GET /api/vms/[namespace]/[name]/viewers', 'Pod', names[0]],
        ['GET /api/sets/[namespace]/[name]', 'CocoonSet', set],
      ] as const) {
        if (shown(each.kind).readable.has(`${kind} ${namespace}/${name}`)) continue
        // Who may list it knows that it exists.
        if (shown(each.kind).listed.has(name.replace(/-\d$/, '')) && kind === 'Pod') continue
        if (shown(each.kind).listed.has(name)) continue
        pairs += 1
        const uid = uidOf({ namespace, name }, kind)
        const query = route.endsWith('screen')
          ? `?uid=${uid}&width=320`
          : route.endsWith('viewers')
            ? `?uid=${uid}`
            : ''
        const absent = name.replace(/mark\d{5}/, 'mark99999')
        const [there, not] = await Promise.all(
          [name, absent].map((which) => dashboard.ask(each, route, { namespace, name: which }, { query })),
        )
        if (there?.text.replaceAll(name, absent) !== not?.text || there?.status !== not?.status) {
          differing.push(`${each.kind} ${route} ${namespace}: ${there?.text} / ${not?.text}`)
        }
      }
    }
  }
  figure(
    'B1',
    started,
    `${pairs} pairs of an object that exists and one that does not`,
    `${differing.length} told apart`,
  )
  expect(pairs).toBeGreaterThan(500)
  expect(differing.slice(0, 5)).toEqual([])
})

const marked = (object: { metadata?: { annotations?: Record<string, string> } }, mark: Mark) => ({
  metadata: {
    annotations: { ...object.metadata?.annotations, 'cocoonset.cocoonstack.io/image': `${mark}/new:1` },
  },
})

it('B1 streams to each what they may see: snapshots, and deltas of all that changes', async () => {
  const started = performance.now()
  const eyes = new Map<WatcherKind, OpenEye>(
    cluster.watchers.map((each) => [
      each.kind,
      openEye(`${dashboard.url}/api/fleet/stream`, dashboard.headersOf(each)),
    ]),
  )
  const isOpen = ([kind, eye]: [WatcherKind, OpenEye]) => NOBODY.has(kind) || (eye.counts.snapshot ?? 0) > 0
  await until(
    'the streams',
    () => [...eyes].every(isOpen) && [...NOBODY].every((kind) => eyes.get(kind)?.ended()),
  )
  const before = new Map([...eyes].map(([kind, { counts }]) => [kind, { ...counts }]))

  // Something of everything changes everywhere.
  const changed: Mark[] = []
  for (const { name, set, pods: names } of cluster.fleet.namespaces) {
    const mark = cluster.mark()
    changed.push(mark)
    const merge = 'application/merge-patch+json'
    for (const pod of names) {
      await cluster.admin.send('PATCH', `/api/v1/namespaces/${name}/pods/${pod}`, marked({}, mark), merge)
    }
    const own = cluster.mark()
    changed.push(own)
    const path = `/apis/cocoonset.cocoonstack.io/v1/namespaces/${name}/cocoonsets/${set}`
    await cluster.admin.send('PATCH', path, { spec: { nodePool: own } }, merge)
  }
  await askTheTruth()
  const whole = eyes.get('admin')
  await until('the last change', () => changed.every((mark) => whole?.rows().includes(mark)))
  // A change tells everybody at once; what a view has to say of the last one is on its way with the administrator's.
  await until('the others', () =>
    [...eyes].every(
      ([kind, eye]) => missing(shown(kind).listed, whole?.rows() ?? '', eye.rows()).length === 0,
    ),
  )
  const leaks = [...eyes].flatMap(([kind, eye]) => leaked(kind, eye.seen()).map((mark) => `${kind} ${mark}`))
  const blind: WatcherKind[] = ['none', 'resource-names-only', 'watch-without-list']
  const told = blind.map((kind) => (eyes.get(kind)?.counts.delta ?? 0) - (before.get(kind)?.delta ?? 0))
  const deltas = [...eyes.values()].reduce((total, { counts }) => total + (counts.delta ?? 0), 0)
  const ends = [...NOBODY].map((kind) => eyes.get(kind)?.ended()?.slice(0, 3))
  for (const eye of eyes.values()) eye.close()
  figure(
    'B1',
    started,
    `${eyes.size} streams, ${deltas} deltas, ${changed.length} changes`,
    `${leaks.length} leaks`,
    '0 missing',
  )
  expect(leaks).toEqual([])
  expect(told).toEqual([0, 0, 0])
  expect(ends).toEqual(['401', '401'])
})
