import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, type Connection } from '../../demo/client/connection.ts'
import { seededRandom } from '../../demo/random.ts'
import { startControlPlane, type ControlPlane } from '../control-plane/start-control-plane.ts'
import { figure, SEED } from '../promises/figure.ts'
import { until } from '../promises/until.ts'
import { change } from './churn.ts'
import { untilServed } from '../control-plane/until-served.ts'
import {
  backedUp,
  COLLECTION,
  NAMESPACE,
  namespaceObject,
  startRig,
  type ReflectorRig,
} from './reflector-rig.ts'

const FLOW = '/apis/flowcontrol.apiserver.k8s.io/v1'
const LEVEL = 'squeezed'
const ACCOUNT = 'reader'
let plane: ControlPlane

beforeAll(async () => {
  plane = await startControlPlane({ objects: [namespaceObject(), ...backedUp(2_000)] })
}, 900_000)
afterAll(() => plane.close())

/** An account that may read the namespace, one request at a time: that is what no shares mean, when nothing is queued. */
async function squeezedReader(admin: Connection): Promise<string> {
  const accounts = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts`
  await admin.send('POST', accounts, { metadata: { name: ACCOUNT } })
  await admin.send('POST', `/apis/rbac.authorization.k8s.io/v1/namespaces/${NAMESPACE}/rolebindings`, {
    metadata: { name: ACCOUNT },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name: ACCOUNT, namespace: NAMESPACE }],
  })
  await admin.send('POST', `${FLOW}/prioritylevelconfigurations`, {
    metadata: { name: LEVEL },
    spec: {
      type: 'Limited',
      limited: { nominalConcurrencyShares: 0, lendablePercent: 0, limitResponse: { type: 'Reject' } },
    },
  })
  await admin.send('POST', `${FLOW}/flowschemas`, {
    metadata: { name: LEVEL },
    spec: {
      priorityLevelConfiguration: { name: LEVEL },
      matchingPrecedence: 2,
      rules: [
        {
          subjects: [{ kind: 'ServiceAccount', serviceAccount: { name: ACCOUNT, namespace: NAMESPACE } }],
          resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], namespaces: ['*'] }],
        },
      ],
    },
  })
  const answer = await admin.send('POST', `${accounts}/${ACCOUNT}/token`, { spec: {} })
  const { token } = (answer as { status: { token: string } }).status
  // Rights take effect a moment after they are given.
  const { server, certificate } = plane
  const reader = connect({ server, certificate, token, userAgent: 'test' })
  await untilServed(reader, COLLECTION)
  reader.close()
  return token
}

/** Takes the level's only seat again and again, as a busy script with the reflector's account would. */
function flood(token: string): { end: () => Promise<void> } {
  const { server, certificate } = plane
  const connection = connect({ server, certificate, token, userAgent: 'flood' })
  const stop = new AbortController()
  const loop = async () => {
    while (!stop.signal.aborted) await connection.send('GET', COLLECTION).catch(() => undefined)
  }
  const loops = Array.from({ length: 8 }, loop)
  return {
    async end() {
      stop.abort()
      await Promise.all(loops)
      connection.close()
    },
  }
}

const refusalsOf = (rig: ReflectorRig) => rig.said.filter((text) => text.includes('429')).length

/** A reflector that was refused: one whose first request slipped through between two others' is of no use here. */
async function refusedRig(token: string): Promise<ReflectorRig> {
  for (;;) {
    const rig = startRig(plane, { token })
    const { counters } = rig.reflector
    await until('a list or a refusal', () => counters.lists > 0 || refusalsOf(rig) > 0, 60_000)
    if (refusalsOf(rig) > 0) return rig
    await rig.close()
  }
}

it('waits out the 429 of priority and fairness, without a storm, and catches up', async () => {
  const started = performance.now()
  const setup = startRig(plane)
  const token = await squeezedReader(setup.admin)
  const busy = flood(token)
  const rig = await refusedRig(token)
  const since = performance.now()
  await change(rig.admin, seededRandom(SEED), 40)
  await busy.end()
  await rig.agrees()
  const { watches, pages } = rig.reflector.counters
  const seconds = Math.ceil((performance.now() - since) / 1000)
  figure('429', started, `${refusalsOf(rig)} refusals`, `${watches + pages} requests in ${seconds} s`)
  // Promise A2: no storm. One request a second is more than patience allows, even twice as fast as in earnest.
  expect(watches + pages).toBeLessThanOrEqual(seconds + 3)
  expect(rig.sink).toMatchObject({ duplicates: 0, backwards: 0 })
  await rig.close()
  await setup.close()
})
