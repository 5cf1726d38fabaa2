import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { holds, RIGHT_NAMES, RIGHTS } from '../../lib/fleet/can/rights.ts'
import type { Right, Rights } from '../../lib/fleet/can/rights.ts'
import { fieldsOf, itemsOf } from '../../lib/fleet/reader.ts'
import { reviewAccess } from '../../lib/kube/access-review.ts'
import type { ApiResponse } from '../../lib/kube/api-response.ts'
import type { Transport } from '../../lib/kube/transport.ts'
import { figure } from '../promises/figure.ts'
import { startMarkedCluster } from './support/marked-cluster.ts'
import type { MarkedCluster } from './support/marked-cluster.ts'
import { startMarkedDashboard } from './support/marked-dashboard.ts'
import type { MarkedDashboard } from './support/marked-dashboard.ts'
import type { WatcherKind } from './support/watchers.ts'

/**
 * An API server one of whose authorizers cannot list its rules, as a webhook: it says `incomplete`, and what it says of
 * rules is only some of them.
 */
type Rule = Readonly<Record<string, unknown>>
let isTold: (rule: Rule) => boolean
let faultOf: (right: Right | undefined) => 'none' | '500' | 'nonsense' | 'cut'

const answered = (status: number, body: object) =>
  ({
    status,
    headers: { 'content-type': 'application/json' },
    json: async () => body,
    discard() {},
    async *lines() {
      yield Buffer.from(JSON.stringify(body))
    },
  }) as object as ApiResponse

/** The right that a review asks for; undefined for one that the dashboard asks for another reason. */
function askedFor(body: string): Right | undefined {
  const { namespace: _, ...asked } = fieldsOf(fieldsOf(fieldsOf(JSON.parse(body)).spec).resourceAttributes)
  const told = (fields: object) => Object.entries(fields).map(String).toSorted().join(' ')
  return RIGHT_NAMES.find((name) => told(RIGHTS[name]) === told(asked))
}

const incomplete = (transport: Transport): Transport => ({
  ...transport,
  async open(request) {
    if (request.path.endsWith('/selfsubjectrulesreviews')) {
      const answer = await transport.open(request)
      const body = fieldsOf(await answer.json())
      const resourceRules = itemsOf(fieldsOf(body.status).resourceRules).filter(isTold)
      const evaluationError = 'webhook authorizer does not support user rule resolution'
      const status = { resourceRules, nonResourceRules: [], incomplete: true, evaluationError }
      return answered(answer.status, { ...body, status })
    }
    if (!request.path.endsWith('/selfsubjectaccessreviews')) return transport.open(request)
    const fault = faultOf(askedFor(request.body ?? '{}'))
    if (fault === '500') return answered(500, { message: 'the authorizer is broken' })
    if (fault === 'nonsense') return answered(201, { status: { allowed: 'perhaps' } })
    if (fault === 'cut') throw new Error('socket hang up')
    return transport.open(request)
  },
})

let cluster: MarkedCluster
let dashboard: MarkedDashboard
beforeAll(async () => {
  cluster = await startMarkedCluster(10)
  dashboard = await startMarkedDashboard(cluster, { wrap: incomplete })
}, 900_000)
afterAll(async () => {
  await dashboard.close()
  await cluster.close()
})
beforeEach(() => {
  isTold = () => false
  faultOf = () => 'none'
})

const KINDS: readonly WatcherKind[] = [
  'none',
  'view-ns',
  'view-all',
  'list-without-get',
  'group-only',
  'service-account',
  'impersonating',
  'admin',
]

let sessions = 0

/** Of a sign-in of its own, for which nothing is remembered. */
async function rightsOf(kind: WatcherKind, namespace: string): Promise<Rights> {
  sessions += 1
  const who = { kind, session: `session-${sessions}` }
  const place = { namespace, name: '' }
  const query = `?namespace=${namespace}`
  const { status, body } = await dashboard.ask(who, 'GET /api/rights', place, { query })
  expect([kind, status]).toEqual([kind, 200])
  return JSON.parse(body) as Rights
}

/** What the API server itself lets them do with every object there. */
async function truthOf(kind: WatcherKind, namespace: string): Promise<Record<string, boolean>> {
  const watcher = cluster.watchers.find((each) => each.kind === kind)
  if (watcher === undefined) throw new Error(`nobody is ${kind}`)
  const transport = cluster.transportOf(watcher)
  const entries = RIGHT_NAMES.map(async (name) => {
    const answer = await reviewAccess(transport, { ...RIGHTS[name], namespace })
    if (!('allowed' in answer)) throw new Error(`the API server does not say whether ${kind} may ${name}`)
    return [name, answer.allowed] as const
  })
  const truth = Object.fromEntries(await Promise.all(entries))
  transport.close()
  return truth
}

/** Namespaces that one or the other of them sees, each hidden from most. */
const places = () =>
  KINDS.flatMap((kind) =>
    cluster.fleet.namespaces
      .filter((_, index) => [0, 1, 5, 6].includes(index))
      .map(({ name }) => ({ kind, namespace: name })),
  )

it.each<[what: string, told: (rule: Rule) => boolean]>([
  ['names no rule at all', () => false],
  ['names the rules of pods alone', ({ apiGroups }) => JSON.stringify(apiGroups) === '[""]'],
  ['names all rules there are', () => true],
])('asks for each right where an incomplete review %s', async (what, told) => {
  const started = performance.now()
  isTold = told
  let asked = 0
  let held = 0
  for (const { kind, namespace } of places()) {
    const { may } = await rightsOf(kind, namespace)
    const truth = await truthOf(kind, namespace)
    expect([kind, namespace, may]).toEqual([kind, namespace, truth])
    asked += RIGHT_NAMES.length
    held += Object.values(may).filter((each) => each === true).length
  }
  figure('E rights', started, `the review ${what}: ${asked} rights as the API server has them, ${held} held`)
  expect(held).toBeGreaterThan(50)
  expect(held).toBeLessThan(asked)
})

it.each(['500', 'nonsense', 'cut'] as const)(
  'denies nothing that is not known, where no review is answered: %s',
  async (fault) => {
    // Only what somebody may see is known.
    faultOf = (right) => (right === undefined ? 'none' : fault)
    for (const { kind, namespace } of places()) {
      const rights = await rightsOf(kind, namespace)
      expect([kind, rights.may]).toEqual([kind, {}])
      for (const right of RIGHT_NAMES) expect(holds(rights, right, 'web-0')).toBeUndefined()
    }
  },
)

it.each(['500', 'nonsense', 'cut'] as const)(
  'keeps what is known beside what is not, where one review is not answered: %s',
  async (fault) => {
    faultOf = (right) => (right === 'patch cocoonsets' ? fault : 'none')
    for (const { kind, namespace } of places()) {
      const { may } = await rightsOf(kind, namespace)
      const { 'patch cocoonsets': _, ...rest } = await truthOf(kind, namespace)
      expect([kind, namespace, may]).toEqual([kind, namespace, rest])
    }
  },
)

it('believes the rules that an incomplete review names, and asks for the others alone', async () => {
  isTold = () => true
  faultOf = (right) => (right === undefined ? 'none' : '500')
  const [home] = cluster.fleet.namespaces
  const { may } = await rightsOf('view-ns', home?.name ?? '')
  const truth = await truthOf('view-ns', home?.name ?? '')
  const held = Object.entries(truth).filter(([, allowed]) => allowed)
  expect(held.length).toBeGreaterThan(2)
  expect(may).toEqual(Object.fromEntries(held))
})

it('keeps the names of a rule when all others are refused', async () => {
  isTold = () => true
  const third = cluster.fleet.namespaces[2]
  const pod = third?.pods[0] ?? ''
  const rights = await rightsOf('resource-names-only', third?.name ?? '')
  expect(rights.may['get pods']).toEqual([pod])
  expect([holds(rights, 'get pods', pod), holds(rights, 'get pods', 'another')]).toEqual([true, false])
})
