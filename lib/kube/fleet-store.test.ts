import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WATCHED_RESOURCES } from '../fleet/freshness.ts'
import { hibernationRow, nodeRow, podRow, recordedStore, setRow, sleepingPod } from './store.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('what a pod is joined with', () => {
  it('derives anew only the VMs of the set whose phase turns', () => {
    const { store, published, vm } = recordedStore()
    store.cocoonsets.replace([setRow('web', 'Running'), setRow('api', 'Running')])
    store.pods.replace(['web-0', 'web-1', 'api-0'].map((name) => podRow({ name, set: name.slice(0, 3) })))
    store.flush()
    published.length = 0
    store.cocoonsets.put(setRow('web', 'Migrating'))
    store.flush()
    expect(published).toHaveLength(1)
    expect(published[0]?.sets?.set).toMatchObject([{ uid: 'uid-cs-web', phase: 'Migrating' }])
    expect(published[0]?.vms?.set?.map((change) => change.uid)).toEqual(['uid-web-0', 'uid-web-1'])
    expect([vm('uid-web-0').phase, vm('uid-api-0').phase]).toEqual(['migrating', 'ready'])
    store.cocoonsets.remove('uid-cs-web')
    store.flush()
    expect(vm('uid-web-0').phase).toBe('ready')
  })

  it('leaves the VMs alone when something else of their set changes', () => {
    const { store, published } = recordedStore()
    store.cocoonsets.put(setRow('web', 'Running'))
    store.pods.put(podRow({ name: 'web-0' }))
    store.flush()
    store.cocoonsets.put({ ...setRow('web', 'Running'), readyAgents: 1 })
    store.flush()
    expect(published[1]).toEqual({ sets: { set: [{ uid: 'uid-cs-web', readyAgents: 1 }] } })
  })

  it.each(['before', 'after'])('finds a hibernation that comes %s its pod', (order) => {
    const { store, vm } = recordedStore()
    if (order === 'before') store.cocoonhibernations.put(hibernationRow({ pod: 'web-0' }))
    store.flush()
    store.pods.put(sleepingPod('web-0'))
    store.flush()
    if (order === 'after') store.cocoonhibernations.put(hibernationRow({ pod: 'web-0' }))
    store.flush()
    expect(vm('uid-web-0')).toMatchObject({ phase: 'hibernated', hibernation: { phase: 'Hibernated' } })
    store.cocoonhibernations.remove('uid-ch-web-0')
    store.flush()
    expect(vm('uid-web-0').hibernation).toBeNull()
  })

  it('keeps the older of two requests for one pod when the newer goes', () => {
    const { store, vm } = recordedStore()
    store.pods.put(sleepingPod('web-0'))
    store.cocoonhibernations.put(hibernationRow({ pod: 'web-0', uid: 'one', name: 'a' }))
    store.cocoonhibernations.put(hibernationRow({ pod: 'web-0', uid: 'two', name: 'b' }))
    store.flush()
    expect(vm('uid-web-0').hibernation?.uid).toBe('two')
    store.cocoonhibernations.remove('two')
    store.flush()
    expect(vm('uid-web-0').hibernation?.uid).toBe('one')
  })

  it('follows a pod that changes its set', () => {
    const { store, vm } = recordedStore()
    store.cocoonsets.replace([setRow('web', 'Migrating'), setRow('api', 'Running')])
    store.pods.put(podRow({ name: 'web-0' }))
    store.flush()
    store.pods.put(podRow({ name: 'web-0', set: 'api' }))
    store.flush()
    expect(vm('uid-web-0')).toMatchObject({ set: 'api', phase: 'ready' })
    store.cocoonsets.put(setRow('api', 'Migrating'))
    store.flush()
    expect(vm('uid-web-0').phase).toBe('migrating')
  })

  it('shows the problems of a pod and of its requests once each, and as long as they last', () => {
    const { store, vm } = recordedStore()
    const broken = { ...hibernationRow({ pod: 'web-0' }), problems: ['unreadable'] }
    const metadata = { creationTimestamp: 'once' }
    const own = ['metadata.creationTimestamp is once, which is not a time']
    store.pods.put(podRow({ name: 'web-0', metadata }))
    for (const name of ['a', 'b']) {
      store.cocoonhibernations.put({ ...broken, name })
      store.flush()
      expect(vm('uid-web-0').problems).toEqual([...own, 'CocoonHibernation: unreadable'])
    }
    store.cocoonhibernations.remove(broken.uid)
    store.flush()
    expect(vm('uid-web-0').problems).toEqual(own)
    store.pods.put(podRow({ name: 'web-0' }))
    store.flush()
    expect(vm('uid-web-0').problems).toEqual([])
  })
})

describe('a recreated namesake (promise A5)', () => {
  it.each(['remove first', 'put first'])('is another VM: %s', (order) => {
    const { store, published } = recordedStore()
    store.pods.put(podRow({ name: 'web-0', uid: 'old' }))
    store.flush()
    if (order === 'remove first') store.pods.remove('old')
    store.pods.put(podRow({ name: 'web-0', uid: 'new' }))
    if (order === 'put first') store.pods.remove('old')
    store.flush()
    expect(published[1]?.vms).toMatchObject({ add: [{ uid: 'new' }], del: ['old'] })
    expect(store.uidNamed('lab', 'web-0')).toBe('new')
    expect([...store.tables.vms.keys()]).toEqual(['new'])
  })

  it('inherits neither phase nor times of its elder', () => {
    const { store, vm } = recordedStore()
    store.pods.put(sleepingPod('web-0', { uid: 'old' }))
    store.flush()
    store.pods.replace([sleepingPod('web-0', { uid: 'new' })])
    store.flush()
    expect(vm('new')).toMatchObject({ phase: 'hibernated', phaseSince: null })
  })

  it('leaves no trace when it comes and goes within one batch', () => {
    const { store, published } = recordedStore()
    store.pods.put(podRow({ name: 'web-0' }))
    store.pods.remove('uid-web-0')
    store.flush()
    expect([published, store.uidNamed('lab', 'web-0')]).toEqual([[], undefined])
  })
})

describe('what is published', () => {
  it('is nothing when nothing visible changed', () => {
    const { store, published } = recordedStore()
    const rows = [podRow({ name: 'web-0' }), podRow({ name: 'web-1' })]
    store.pods.replace(rows)
    store.nodes.put(nodeRow('n1'))
    store.flush()
    store.pods.put(podRow({ name: 'web-0', metadata: { resourceVersion: '101' } }))
    store.pods.put(podRow({ name: 'web-1', annotations: { 'example.com/note': 'x' } }))
    store.pods.replace(rows)
    store.nodes.put(nodeRow('n1'))
    store.flush()
    expect(published).toHaveLength(1)
  })

  it('comes at once in a quiet fleet, and together at the end of the window under load', () => {
    const { store, published } = recordedStore()
    store.pods.put(podRow({ name: 'web-0' }))
    vi.advanceTimersByTime(0)
    expect(published).toHaveLength(1)
    store.pods.put(podRow({ name: 'web-1' }))
    vi.advanceTimersByTime(20)
    store.nodes.put(nodeRow('n1'))
    vi.advanceTimersByTime(29)
    expect(published).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(published[1]).toMatchObject({
      vms: { add: [{ name: 'web-1' }] },
      nodes: { add: [{ name: 'n1' }] },
    })
  })

  it('is the first list of 10,000 in one batch', () => {
    const { store, published } = recordedStore()
    store.pods.replace(Array.from({ length: 10_000 }, (_, at) => podRow({ name: `web-${at}` })))
    vi.advanceTimersByTime(1_000)
    expect(published).toHaveLength(1)
    expect(published[0]?.vms?.add).toHaveLength(10_000)
    store.pods.replace([])
    vi.advanceTimersByTime(1_000)
    expect(published[1]?.vms?.del).toHaveLength(10_000)
    expect(store.tables.vms.size).toBe(0)
  })

  it('ends with stop', () => {
    const { store, published } = recordedStore()
    store.stop()
    store.pods.put(podRow({ name: 'web-0' }))
    vi.advanceTimersByTime(1_000)
    expect(published).toEqual([])
  })
})

describe('since when', () => {
  it('is remembered for what this process saw turn', () => {
    const { store, clock, vm } = recordedStore()
    store.pods.put(podRow({ name: 'web-0' }))
    store.cocoonsets.put(setRow('web', 'Suspending'))
    store.flush()
    expect(store.tables.sets.get('uid-cs-web')?.phaseSince).toBeNull()
    clock.now += 60_000
    store.pods.put(sleepingPod('web-0'))
    store.cocoonsets.put(setRow('web', 'Suspended'))
    store.flush()
    const turned = new Date(clock.now).toISOString()
    clock.now += 60_000
    store.pods.put(sleepingPod('web-0', { labels: { 'cocoonset.cocoonstack.io/role': 'toolbox' } }))
    store.cocoonsets.put({ ...setRow('web', 'Suspended'), readyAgents: 0 })
    store.flush()
    expect(vm('uid-web-0').phaseSince).toBe(turned)
    expect(store.tables.sets.get('uid-cs-web')?.phaseSince).toBe(turned)
  })
})

describe('freshness', () => {
  it('starts as starting, and is told when it turns but not when its proof is renewed', () => {
    const { store, turns } = recordedStore()
    const states = () => WATCHED_RESOURCES.map((name) => store.freshness()[name].state)
    expect(states()).toEqual(['starting', 'starting', 'starting', 'starting'])
    store.pods.freshness({ state: 'live', provenAt: 1, message: '' })
    store.pods.freshness({ state: 'live', provenAt: 2, message: '' })
    store.nodes.freshness({ state: 'forbidden', provenAt: 0, message: 'nodes is forbidden' })
    expect(turns).toHaveLength(2)
    store.pods.freshness({ state: 'stale', provenAt: 2, message: 'nothing heard' })
    store.pods.freshness({ state: 'stale', provenAt: 2, message: 'nothing heard, still' })
    expect(turns).toHaveLength(4)
    expect(states()).toEqual(['stale', 'starting', 'starting', 'forbidden'])
    expect(store.freshness().pods.provenAt).toBe(2)
  })
})

describe('operations', () => {
  it('are published with the rows that tell of them, and their usual time with their end', () => {
    const { store, published, clock } = recordedStore()
    store.pods.put(podRow({ name: 'web-0' }))
    store.flush()
    expect(published[0]).not.toHaveProperty('operations')
    store.cocoonhibernations.put(hibernationRow({ pod: 'web-0', phase: 'Hibernating' }))
    store.flush()
    const begun = published[1]?.operations?.add?.[0]
    expect(begun).toMatchObject({ kind: 'hibernate', name: 'web-0', result: 'running' })
    expect(published[1]).not.toHaveProperty('usual')
    clock.now += 7_000
    store.pods.put(sleepingPod('web-0'))
    store.cocoonhibernations.put(hibernationRow({ pod: 'web-0', phase: 'Hibernated' }))
    store.flush()
    expect(published[2]?.operations?.set).toMatchObject([{ uid: begun?.uid, result: 'done', took: 7_000 }])
    expect(published[2]?.usual).toEqual({ add: [{ uid: 'hibernate', median: 7_000, count: 1 }] })
    expect([...store.tables.operations.keys()]).toEqual([begun?.uid])
  })
})
