import { describe, expect, it, onTestFailed } from 'vitest'
import { hibernation } from './support/manifests.ts'
import { newNode } from './support/new-node.ts'
import { cells } from './support/table.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('life')
const set = (name: string, agent: Record<string, unknown>, spec: Record<string, unknown> = {}) =>
  JSON.stringify({
    apiVersion: 'cocoonset.cocoonstack.io/v1',
    kind: 'CocoonSet',
    metadata: { name },
    spec: { agent: { image: 'ubuntu:24.04', mode: 'run', ...agent }, ...spec },
  })
const phase = (what: string, value: string) =>
  here.ok(`wait ${what} --for=jsonpath={.status.phase}=${value} --timeout=50s`)

/** What the cluster had to say, for a test that waited in vain. */
function tellOnFailure(): void {
  onTestFailed(async () => {
    console.log(await here.ok('get cocoon,pods -o wide'), await here.ok('events'))
  })
}

describe('a CocoonSet', () => {
  it('runs, sleeps, wakes and goes', async () => {
    tellOnFailure()
    expect(await here.ok('apply -f -', { stdin: set('web', { replicas: 1 }) })).toBe(
      'cocoonset.cocoonset.cocoonstack.io/web created',
    )
    await phase('cocoonset/web', 'Running')
    expect(
      cells(await here.ok('get cocoonset web'))
        .at(-1)
        ?.slice(0, 4),
    ).toEqual(['web', 'Running', '2', '2'])
    await here.ok('wait pod/web-0 pod/web-1 --for=condition=Ready --timeout=30s')
    const pods = cells(await here.ok('get pods -l cocoonset.cocoonstack.io/name=web'))
    expect(pods.slice(1).map((row) => row.slice(0, 4))).toEqual([
      ['web-0', '1/1', 'Running', '0'],
      ['web-1', '1/1', 'Running', '0'],
    ])
    expect(
      await here.ok('get pod web-0 -o jsonpath={.metadata.labels.cocoonset\\.cocoonstack\\.io/role}'),
    ).toBe('main')

    await here.create(hibernation('web-1', 'Hibernate'))
    await phase('ch/web-1', 'Hibernated')
    expect(
      cells(await here.ok('get pod web-1'))
        .at(-1)
        ?.slice(1, 3),
    ).toEqual(['0/1', 'Pending'])
    expect(cells(await here.ok('get ch')).map((row) => row.slice(0, 4))).toEqual([
      ['NAME', 'POD', 'DESIRE', 'PHASE'],
      ['web-1', 'web-1', 'Hibernate', 'Hibernated'],
    ])
    expect(await here.ok('events --for cocoonhibernation/web-1')).toMatch(/Normal +Hibernated /)

    await here.ok(['patch', 'ch', 'web-1', '--type=merge', '-p', '{"spec":{"desire":"Wake"}}'])
    await phase('ch/web-1', 'Active')
    await here.ok('wait pod/web-1 --for=condition=Ready --timeout=30s')
    await phase('cocoonset/web', 'Running')

    expect(await here.ok('delete ch web-1')).toContain('"web-1" deleted')
    expect(await here.ok('delete cocoonset web --timeout=50s')).toBe(
      'cocoonset.cocoonset.cocoonstack.io "web" deleted',
    )
    expect(await here.ok('get cocoon,pods -o name')).toBe('')
  })

  it('grows, shrinks and is suspended', async () => {
    tellOnFailure()
    await here.create(set('grow', {}))
    await phase('cocoonset/grow', 'Running')
    const merge = (spec: object) =>
      here.ok(['patch', 'cocoonset', 'grow', '--type=merge', '-p', JSON.stringify({ spec })])
    await merge({ agent: { replicas: 2 } })
    await here.ok('wait cocoonset/grow --for=jsonpath={.status.readyAgents}=3 --timeout=50s')
    expect(await here.ok('get cocoonset grow -o jsonpath={.status.agents[*].forkedFrom}')).toBe(
      `vk-${here.name}-grow-0 vk-${here.name}-grow-0`,
    )
    await merge({ agent: { replicas: 0 } })
    await here.ok('wait pod/grow-1 pod/grow-2 --for=delete --timeout=50s')
    await merge({ suspend: true })
    await phase('cocoonset/grow', 'Suspended')
    await merge({ suspend: false })
    await phase('cocoonset/grow', 'Running')
    await here.ok('delete cocoonset grow --wait=false')
  })

  it('shows its failure', async () => {
    tellOnFailure()
    await here.create(set('broken', { image: 'registry.example/fail-boot:1' }, await newNode()))
    await phase('cocoonset/broken', 'Failed')
    expect(await here.ok('describe cocoonset broken')).toMatch(
      /\n {2}Warning +PodLifecycleFailed +.* cocoon-operator +/,
    )
    await here.ok('delete cocoonset broken')
  })

  it('waits for a node that there is not', async () => {
    tellOnFailure()
    await here.create(set('lost', {}, { nodePool: 'nowhere' }))
    await here.ok('wait --for=create pod/lost-0 --timeout=30s')
    await here.ok([
      'wait',
      'pod/lost-0',
      '--for=jsonpath={.status.conditions[?(@.type=="PodScheduled")].reason}=Unschedulable',
      '--timeout=30s',
    ])
    expect(await here.ok('events --for pod/lost-0 --types=Warning')).toMatch(
      /Warning +FailedScheduling +Pod\/lost-0 +0\/\d+ nodes are available: /,
    )
    await here.ok('delete cocoonset lost')
  })

  it('is not left behind by a namespace', async () => {
    tellOnFailure()
    const name = `${here.name}-inner`
    await here.ok(`create namespace ${name}`)
    await here.ok('wait --for=create serviceaccount/default --timeout=20s', { namespace: name })
    await here.ok('create -f -', { namespace: name, stdin: set('inner', {}) })
    await here.ok('wait cocoonset/inner --for=jsonpath={.status.phase}=Running --timeout=50s', {
      namespace: name,
    })
    await here.ok(`delete namespace ${name}`)
    expect(await here.ok(`get namespace ${name} --ignore-not-found`)).toBe('')
  })
})

describe('one hibernation for a pod', () => {
  it('is enough', async () => {
    await here.create(hibernation('ghost', 'Wake'))
    await phase('ch/ghost', 'Pending')
    expect(await here.refusal('create -f -', { stdin: hibernation('ghost', 'Wake') })).toContain('already')
    await here.ok('delete ch ghost')
  })
})
