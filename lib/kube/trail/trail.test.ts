import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN } from '../../../demo/api/testing/test-server.ts'
import type { TestServer } from '../../../demo/api/testing/test-server.ts'
import { startTestServer } from '../../../demo/api/testing/test-server.ts'
import { kubeconfigText } from '../../../demo/kubeconfig.ts'
import { fieldsOf, itemsOf } from '../../fleet/reader.ts'
import { loadClusterConfig } from '../cluster-config.ts'
import { createTransport } from '../transport.ts'
import type { Transport } from '../transport.ts'
import { createTrail } from './trail.ts'
import type { Noted } from './trail.ts'
import { noteLogger } from './note-logger.fixture.ts'

const RBAC = 'rbac.authorization.k8s.io'
const NAMESPACE = 'team'
const TARGET = { resource: 'pods', namespace: NAMESPACE, name: 'web-0', uid: 'uid-web-0' } as const
const NOTED: Noted = { action: 'hibernate', target: TARGET, result: 'done', begun: 0 }

let server: TestServer
const transports: Transport[] = []
const transportOf = (token: string) => {
  const text = kubeconfigText({ server: server.url, token })
  const transport = createTransport(loadClusterConfig({ kind: 'text', text }))
  transports.push(transport)
  return transport
}
const role = (name: string, verbs: string[], namespace = NAMESPACE) => [
  {
    apiVersion: `${RBAC}/v1`,
    kind: 'Role',
    metadata: { name, namespace },
    rules: [{ apiGroups: [''], resources: ['events'], verbs }],
  },
  {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: RBAC, kind: 'Role', name },
    subjects: [{ apiGroup: RBAC, kind: 'User', name }],
  },
]

beforeAll(async () => {
  server = await startTestServer({
    tokens: {
      [TOKEN]: { username: 'admin', groups: ['system:masters'] },
      writer: { username: 'writer', groups: [] },
      viewer: { username: 'viewer', groups: [] },
      own: { username: 'own', groups: [] },
    },
    objects: [
      ...[NAMESPACE, 'closed'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
      ...role('writer', ['create', 'patch']),
      ...role('own', ['create', 'patch']),
    ],
  })
})
afterAll(async () => {
  for (const transport of transports) transport.close()
  await server.close()
})

const open = (knows = true) => {
  const { logger, lines } = noteLogger()
  const trail = createTrail({ logger, transport: transportOf('own'), knows: () => knows })
  return { trail, lines }
}
const eventsOf = async (uid: string, namespace = NAMESPACE) => {
  const query = `fieldSelector=${encodeURIComponent(`involvedObject.uid=${uid}`)}`
  const { items } = await server.ok('GET', `/api/v1/namespaces/${namespace}/events?${query}`)
  return itemsOf(items)
}
const managersOf = (event: Record<string, unknown>) => fieldsOf(fieldsOf(event.metadata).annotations)
const at = (uid: string, more: object = {}): Noted => ({ ...NOTED, target: { ...TARGET, uid, ...more } })

describe('the audit trail', () => {
  it('writes one line and one Event, as whoever did it where they may', async () => {
    const { trail, lines } = open()
    trail.note(
      {
        name: 'writer',
        means: 'token',
        transport: transportOf('writer'),
        from: '10.0.0.9',
        requestId: 'r1',
      },
      at('u1'),
    )
    await trail.settled(5_000)
    expect(lines()).toMatchObject([
      {
        audit: true,
        who: 'writer',
        means: 'token',
        action: 'hibernate',
        target: { ...TARGET, uid: 'u1' },
        from: '10.0.0.9',
        requestId: 'r1',
        result: 'done',
        event: 'being written',
      },
    ])
    const [event] = await eventsOf('u1')
    expect(event).toMatchObject({
      reason: 'HibernateRequested',
      count: 1,
      reportingComponent: 'cocoon-dashboard',
    })
    expect(managersOf(event ?? {})).toMatchObject({ 'cocoon-dashboard/who': 'writer' })
  })

  it.each(['viewer', 'signed-out-since'])('writes it as the dashboard where %s may not', async (name) => {
    const { trail, lines } = open()
    trail.note({ name, transport: transportOf(name) }, at(`of-${name}`))
    await trail.settled(5_000)
    expect(await eventsOf(`of-${name}`)).toHaveLength(1)
    expect(lines()).toHaveLength(1)
  })

  it('says so where neither may, at once the next time, and fails nothing', async () => {
    const { trail, lines } = open()
    const viewer = { name: 'viewer', transport: transportOf('viewer'), requestId: 'r3' }
    trail.note(viewer, at('u3', { namespace: 'closed' }))
    await trail.settled(5_000)
    trail.note(viewer, at('u4', { namespace: 'closed' }))
    await trail.settled(5_000)
    expect(lines().map(({ event, requestId }) => [requestId, event])).toEqual([
      ['r3', 'being written'],
      ['r3', expect.stringMatching(/^not written: events is forbidden: User "own"/)],
      ['r3', 'not written: neither viewer nor the dashboard may create events in closed'],
    ])
  })

  it('counts up the Event of what is done again, and makes another for what differs', async () => {
    const { trail } = open()
    const doer = { name: 'writer', transport: transportOf('writer') }
    for (let turn = 0; turn < 5; turn += 1) trail.note(doer, at('u5'))
    trail.note(doer, { ...at('u5'), action: 'wake' })
    await trail.settled(5_000)
    const events = await eventsOf('u5')
    expect(new Map(events.map(({ reason, count }) => [reason, count]))).toEqual(
      new Map([
        ['HibernateRequested', 5],
        ['WakeRequested', 1],
      ]),
    )
    expect(events).toHaveLength(2)
  })

  it('lets nobody flood one object with Events; each has its line', async () => {
    const { trail, lines } = open()
    const doer = { name: 'writer', transport: transportOf('writer') }
    for (let turn = 0; turn < 100; turn += 1) trail.note(doer, { ...at('u6'), detail: `${turn} more` })
    await trail.settled(10_000)
    expect(await eventsOf('u6')).toHaveLength(25)
    expect(lines()).toHaveLength(100)
    expect(lines().filter(({ event }) => event === 'not written: too many about one object')).toHaveLength(75)
  })

  it.each([
    ['a trial', { result: 'tried' }],
    ['a refusal that says only that it changed', { result: 'refused', code: 'recreated' }],
  ] as const)('writes no Event of %s', async (_, more) => {
    const { trail, lines } = open()
    trail.note({ name: 'writer', transport: transportOf('writer') }, { ...at('u7'), ...more })
    await trail.settled(5_000)
    expect(lines()).toMatchObject([{ event: 'none' }])
    expect(await eventsOf('u7')).toEqual([])
  })

  it('writes Events of refusals only about objects that the dashboard knows', async () => {
    const refused = { result: 'refused', code: 'forbidden' } as const
    for (const known of [true, false]) {
      const { trail } = open(known)
      trail.note(
        { name: 'viewer', transport: transportOf('viewer') },
        { ...at(`known-${known}`), ...refused },
      )
      await trail.settled(5_000)
      expect(await eventsOf(`known-${known}`)).toHaveLength(known ? 1 : 0)
    }
  })

  it('takes down sign-ins, which are about no object', () => {
    const { trail, lines } = open()
    trail.note(
      { name: '', transport: transportOf('own') },
      { ...NOTED, action: 'sign-in', target: null, result: 'refused', code: 'unauthorized' },
    )
    expect(lines()).toMatchObject([{ action: 'sign-in', who: '', result: 'refused', event: 'none' }])
  })
})
