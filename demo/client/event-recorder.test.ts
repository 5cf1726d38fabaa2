import { expect, it } from 'vitest'
import { manualClock } from '../clock.ts'
import { seededRandom } from '../random.ts'
import { apiError } from './api-error.ts'
import { eventRecorder } from './event-recorder.ts'
import type { KubeClient } from './kube-client.ts'
import type { KubeEvent } from './resources.ts'

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'team', name: 'web-0', uid: 'u' } }
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a', uid: 'n' } }
const event = { type: 'Normal', reason: 'Woken', message: 'VM woken' } as const

/** A recorder, what it wrote, and what it could not write; the server refuses as it is told. */
function recorder(refuse: (verb: string) => number = () => 0, words = 'no') {
  const written: KubeEvent[] = []
  const counts: unknown[] = []
  const failures: string[] = []
  const guard = (verb: string) => {
    const status = refuse(verb)
    if (status !== 0) throw apiError(status, { reason: 'No', message: words }, verb)
  }
  const client = {
    create: async (_: string, object: KubeEvent) => {
      guard('create')
      written.push(object)
    },
    patch: async (_: string, __: object, body: { count: number }) => {
      guard('patch')
      counts.push(body.count)
    },
  } as unknown as KubeClient
  const record = eventRecorder({
    client,
    clock: manualClock(),
    random: seededRandom(1),
    component: 'test',
    failed: (what) => failures.push(what),
  })
  return { record, written, counts, failures }
}

it('counts what it has said before', async () => {
  const { record, written, counts } = recorder()
  for (let i = 0; i < 3; i++) await record(pod, event)
  expect(written).toHaveLength(1)
  expect(counts).toEqual([2, 3])
})

it('says it anew when the event has expired', async () => {
  const { record, written } = recorder((verb) => (verb === 'patch' ? 404 : 0))
  for (let i = 0; i < 2; i++) await record(pod, event)
  expect(written.map((each) => each.count)).toEqual([1, 1])
})

it('keeps events about nodes in the default namespace', async () => {
  const { record, written } = recorder()
  await record(node, event)
  expect(written[0]).toMatchObject({ metadata: { namespace: 'default' }, involvedObject: { name: 'a' } })
  expect(written[0]?.involvedObject).not.toHaveProperty('namespace')
})

it('lets the work go on when an event is refused', async () => {
  const { record, written, failures } = recorder(() => 403)
  await record(pod, event)
  await record(pod, event)
  expect(written).toEqual([])
  expect(failures).toEqual(['event Woken about team/web-0', 'event Woken about team/web-0'])
})

it('says nothing of a namespace that terminates', async () => {
  const words =
    'events "x" is forbidden: unable to create new content in namespace team because it is being terminated'
  const { record, failures } = recorder(() => 403, words)
  await record(pod, event)
  expect(failures).toEqual([])
})
