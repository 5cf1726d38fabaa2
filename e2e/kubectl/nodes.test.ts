import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ok } from './support/kubectl.ts'
import { idlePod } from './support/manifests.ts'
import { cells } from './support/table.ts'
import { freshName, testNamespace } from './support/test-namespace.ts'

const here = testNamespace('nodes')
/** A node of our own that no kubelet looks after: what we do to it hurts nobody. */
const node = freshName('k-node')
beforeAll(async () => {
  await here.create(JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name: node } }))
})
afterAll(async () => {
  await ok(`delete node ${node}`)
})
const bound = (name: string, spec: Record<string, unknown> = {}) =>
  idlePod(name, {}, { nodeName: node, tolerations: [{ operator: 'Exists' }], ...spec })

describe('kubectl get nodes', () => {
  it('prints the nodes of the cluster', async () => {
    const [header, first] = cells(await ok('get nodes -l node-role.kubernetes.io/cocoon-vm'))
    expect(header).toEqual(['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'])
    expect(first?.slice(1, 3)).toEqual(['Ready', 'cocoon-vm'])
    const [wide] = cells(await ok('get nodes -o wide'))
    expect(wide?.slice(5)).toEqual([
      'INTERNAL-IP',
      'EXTERNAL-IP',
      'OS-IMAGE',
      'KERNEL-VERSION',
      'CONTAINER-RUNTIME',
    ])
  })

  it('finds leases beside them', async () => {
    const [name] = (
      await ok('get nodes -l node-role.kubernetes.io/cocoon-vm -o jsonpath={.items[*].metadata.name}')
    ).split(' ')
    expect(await ok(`get lease ${name} -n kube-node-lease -o jsonpath={.spec.holderIdentity}`)).toBe(name)
  })
})

describe('kubectl cordon', () => {
  it('and uncordon', async () => {
    expect(await ok(`cordon ${node}`)).toBe(`node/${node} cordoned`)
    expect(await ok(`cordon ${node}`)).toBe(`node/${node} already cordoned`)
    expect(cells(await ok(`get node ${node}`)).at(-1)?.[1]).toMatch(/^(Unknown|NotReady),SchedulingDisabled$/)
    expect(await ok(`uncordon ${node}`)).toBe(`node/${node} uncordoned`)
    expect(await ok(`uncordon ${node}`)).toBe(`node/${node} already uncordoned`)
  })

  it('finds no other', async () => {
    expect(await here.refusal('cordon zz')).toBe('Error from server (NotFound): nodes "zz" not found')
    expect(await here.refusal('drain zz')).toBe('Error from server (NotFound): nodes "zz" not found')
  })
})

describe('kubectl taint', () => {
  it('adds, keeps, changes and removes', async () => {
    expect(await ok(`taint node ${node} k=v:NoSchedule`)).toBe(`node/${node} tainted`)
    expect(await here.refusal(`taint node ${node} k=v:NoSchedule`)).toBe(
      `error: node ${node} already has k taint(s) with same effect(s) and --overwrite is false`,
    )
    expect(await ok(`taint node ${node} k=w:NoSchedule --overwrite`)).toBe(`node/${node} modified`)
    const taints = await ok(['get', 'node', node, '-o', 'jsonpath={.spec.taints[?(@.key=="k")]}'])
    expect(JSON.parse(taints)).toEqual({ effect: 'NoSchedule', key: 'k', value: 'w' })
    expect(await ok(`taint node ${node} k-`)).toBe(`node/${node} untainted`)
    expect(await here.refusal(`taint node ${node} k-`)).toBe('error: taint "k" not found')
  })
})

describe('kubectl drain', () => {
  it('asks before it takes what nobody will make again', async () => {
    await here.create(bound('lonely'))
    const said = await here.refusal(`drain ${node}`)
    expect(said).toContain(
      `cannot delete Pods that declare no controller (use --force to override): ${here.name}/lonely`,
    )
    await here.ok('delete pod lonely --force')
  })

  it('evicts', async () => {
    await here.create(bound('brief', { terminationGracePeriodSeconds: 0 }))
    expect(await here.ok(`drain ${node} --force --dry-run=server`)).toContain(
      `evicting pod ${here.name}/brief (server dry run)`,
    )
    expect(await here.ok('get pod brief -o name')).toBe('pod/brief')
    const said = await here.ok(`drain ${node} --force --timeout=20s`)
    expect(said).toContain(`pod/brief evicted\nnode/${node} drained`)
    expect(await here.ok('get pod brief --ignore-not-found')).toBe('')
    await ok(`uncordon ${node}`)
  })

  it('waits for pods to end, but not for ever', async () => {
    await here.create(bound('slow', { terminationGracePeriodSeconds: 60 }))
    const said = await here.refusal(`drain ${node} --force --timeout=2s`)
    expect(said).toContain(`error when waiting for pod "slow" in namespace "${here.name}" to terminate`)
    const pod = JSON.parse(await here.ok('get pod slow -o json'))
    expect(pod.metadata.deletionGracePeriodSeconds).toBe(60)
    expect(cells(await here.ok('get pod slow')).at(-1)?.[2]).toBe('Terminating')
    await here.ok('delete pod slow --force')
    expect(await here.ok('get pod slow --ignore-not-found')).toBe('')
  })
})
