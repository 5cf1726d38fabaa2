import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FleetDocument } from '../../lib/fleet/wire.ts'
import { counted, figure } from '../promises/figure.ts'
import { until } from '../promises/until.ts'
import { startMarkedDashboard } from './support/marked-dashboard.ts'
import type { MarkedDashboard } from './support/marked-dashboard.ts'
import { startMarkedCluster } from './support/marked-cluster.ts'
import type { MarkedCluster } from './support/marked-cluster.ts'
import { marksIn } from './support/marks.ts'
import { openEye } from './support/open-eye.ts'

let cluster: MarkedCluster
let dashboard: MarkedDashboard

beforeAll(async () => {
  cluster = await startMarkedCluster(10)
  dashboard = await startMarkedDashboard(cluster)
}, 900_000)
afterAll(async () => {
  await dashboard.close()
  await cluster.close()
})

const NOWHERE = { namespace: '', name: '' }

it('B2 answers an outsider with nothing, who comes in the same tick as an administrator to cold answers', async () => {
  const started = performance.now()
  const rounds = counted(1_000)
  const kinds = ['admin', 'none', 'view-ns', 'admin', 'none'] as const
  let leaks = 0
  let missing = 0
  for (let round = 0; round < rounds; round += 1) {
    // Nobody of these sessions was ever reviewed; every other round they even bear one name for theirs.
    const session = (at: number) => (round % 2 === 0 ? `b2-${round}` : `b2-${round}-${at}`)
    const turned = [...kinds.slice(round % kinds.length), ...kinds.slice(0, round % kinds.length)]
    const answers = await Promise.all(
      turned.map((kind, at) => dashboard.ask({ kind, session: session(at) }, 'GET /api/fleet', NOWHERE)),
    )
    answers.forEach(({ body }, at) => {
      const { vms } = JSON.parse(body) as FleetDocument
      const expected = { admin: 30, none: 0, 'view-ns': 6 }[turned[at] ?? 'none']
      if (vms.length > expected || (expected === 0 && marksIn(body).size > 0)) leaks += 1
      if (vms.length < expected) missing += 1
    })
  }
  figure(
    'B2',
    started,
    `${rounds} rounds of ${kinds.length} at once`,
    `${leaks} leaks`,
    `${missing} with less than is theirs`,
  )
  expect([leaks, missing]).toEqual([0, 0])
})

it('B3 shows the one object that somebody may get, and no other, however it is asked for', async () => {
  const started = performance.now()
  const whole = counted(1_000)
  const own = cluster.fleet.namespaces[2]
  if (own === undefined) throw new Error('there is no third namespace')
  const a = { namespace: own.name, name: own.pods[0] }
  const kind = 'resource-names-only'
  const { epoch, seq } = dashboard.service.whole.document()
  const allowed = marksIn((await dashboard.ask({ kind }, 'GET /api/vms/[namespace]/[name]', a)).text)
  const forged = [
    '?watch=true',
    `?fieldSelector=metadata.name%3D${a.name}`,
    `?labelSelector=cocoonset.cocoonstack.io%2Fname%3D${own.set}`,
    `?uid=${dashboard.service.whole.vmNamed(own.name, own.pods[1])?.uid}`,
    `?namespace=${own.name}`,
    '?namespace=',
    `?name=${a.name}&name=${own.pods[1]}`,
  ]
  const others = cluster.fleet.namespaces.flatMap(({ name, pods }) =>
    pods.map((pod) => ({ namespace: name, name: pod })),
  )
  let leaks = 0
  let shown = 0
  for (let request = 0; request < whole; request += 1) {
    const query = forged[request % forged.length] ?? ''
    const place = others[request % others.length] ?? a
    const said = marksIn(JSON.stringify([query, place]))
    const headers = {
      'last-event-id': `${epoch}-${seq}`,
      'impersonate-user': 'admin',
      'x-remote-user': 'admin',
    }
    const answers = await Promise.all([
      dashboard.ask({ kind }, 'GET /api/fleet', NOWHERE, { query, headers }),
      dashboard.ask({ kind }, 'GET /api/vms/[namespace]/[name]', place, { query, headers }),
      dashboard.ask({ kind }, 'GET /api/vms/[namespace]/[name]', a),
    ])
    if (answers[2].status === 200) shown += 1
    for (const { text } of answers)
      if ([...marksIn(text)].some((mark) => !allowed.has(mark) && !said.has(mark))) leaks += 1
  }
  const eyes = forged.map((query) =>
    openEye(`${dashboard.url}/api/fleet/stream${query}`, {
      ...dashboard.headersOf({ kind }),
      'last-event-id': `${epoch}-${seq}`,
    }),
  )
  await until('the streams', () => eyes.every(({ counts }) => (counts.beat ?? 0) > 0))
  leaks += eyes.filter((eye) => marksIn(eye.seen()).size > 0).length
  for (const eye of eyes) eye.close()
  figure(
    'B3',
    started,
    `${whole} times asked with forged selectors, ids and names, and ${eyes.length} streams`,
    `${shown} times shown the one`,
    `${leaks} leaks`,
  )
  expect([leaks, shown]).toEqual([0, whole])
})

it('B6 tells of an object that moves out of view as of one that is gone', async () => {
  const started = performance.now()
  const rounds = counted(100)
  const [seen, , hidden] = cluster.fleet.namespaces
  if (seen === undefined || hidden === undefined) throw new Error('there are too few namespaces')
  const eye = openEye(`${dashboard.url}/api/fleet/stream`, dashboard.headersOf({ kind: 'view-ns' }))
  await until('the stream', () => (eye.counts.snapshot ?? 0) > 0)
  const podsOf = (namespace: string) => `/api/v1/namespaces/${namespace}/pods`
  const pod = (name: string, mark: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: { 'cocoonset.cocoonstack.io/name': 'moved' },
      annotations: { 'cocoonset.cocoonstack.io/image': `${mark}/new:1` },
    },
    spec: { automountServiceAccountToken: false, containers: [{ name: 'agent', image: 'a:1' }] },
  })
  // A real cluster has pods only where there is an account for them.
  for (const { name } of [seen, hidden]) {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } }
    await cluster.admin.send('POST', `/api/v1/namespaces/${name}/serviceaccounts`, account).catch(() => {})
  }
  let told = 0
  let leaks = 0
  for (let round = 0; round < rounds; round += 1) {
    const name = `moved-${round}`
    const [before, after] = [cluster.mark(), cluster.mark()]
    await cluster.admin.send('POST', podsOf(seen.name), pod(name, before))
    await until('the object', () => eye.rows().includes(before))
    if (round % 2 === 0) {
      // To another namespace, under its name.
      await cluster.admin.send('DELETE', `${podsOf(seen.name)}/${name}`, { gracePeriodSeconds: 0 })
      await cluster.admin.send('POST', podsOf(hidden.name), pod(name, after))
    } else {
      // Out of its set, so that it is no VM any more.
      const metadata = {
        labels: { 'cocoonset.cocoonstack.io/name': null },
        annotations: { 'cocoonset.cocoonstack.io/image': `${after}/new:1` },
      }
      await cluster.admin.send(
        'PATCH',
        `${podsOf(seen.name)}/${name}`,
        { metadata },
        'application/merge-patch+json',
      )
    }
    await until('its end', () => !eye.rows().includes(before))
    told += 1
    await until(
      'the watch',
      () => round % 2 === 1 || dashboard.service.whole.vmNamed(hidden.name, name) !== undefined,
    )
    if (eye.seen().includes(after)) leaks += 1
  }
  const snapshots = eye.counts.snapshot
  eye.close()
  figure(
    'B6',
    started,
    `${rounds} objects moved out of view`,
    `${told} told as gone`,
    `${leaks} with what became of them`,
  )
  expect([told, leaks, snapshots]).toEqual([rounds, 0, 1])
})
