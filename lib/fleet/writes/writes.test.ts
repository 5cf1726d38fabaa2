import { describe, expect, it } from 'vitest'
import { aVm } from '../arrange.fixture.ts'
import { aPod } from '../objects.fixture.ts'
import { deletionWrite } from './deletion-write.ts'
import { desireWrite } from './hibernation-writes.ts'
import { kubectlCommand } from './kubectl-command.ts'
import { setFromVm } from './new-set.ts'
import { writePath } from './planned-write.ts'
import type { PlannedWrite } from './planned-write.ts'
import { createSetWrite, forkWrite, migrateWrite, replaceSetWrite, suspendWrite } from './set-writes.ts'
import { standaloneForkWrite } from './standalone-pod.ts'

const set = {
  namespace: 'lab',
  name: 'web',
  uid: 'u1',
  generation: 3,
  replicas: 2,
  suspend: false,
  nodeName: '',
}
const pod = { namespace: 'lab', name: 'web-0' }
const there = { ...pod, uid: 'u2', desire: 'Hibernate', generation: 4 }
const COCOON = '/apis/cocoonset.cocoonstack.io/v1/namespaces/lab'

const REST = [
  { op: 'test', path: '/metadata/uid', value: 'u1' },
  { op: 'test', path: '/metadata/generation', value: 3 },
]

describe('what is written', () => {
  it.each<[string, PlannedWrite, string, unknown]>([
    [
      'a fork',
      forkWrite(set, 3),
      `PATCH ${COCOON}/cocoonsets/web`,
      [
        ...REST,
        { op: 'test', path: '/spec/agent/replicas', value: 2 },
        { op: 'replace', path: '/spec/agent/replicas', value: 5 },
      ],
    ],
    [
      'a suspension',
      suspendWrite(set, true),
      `PATCH ${COCOON}/cocoonsets/web`,
      [...REST, { op: 'add', path: '/spec/suspend', value: true }],
    ],
    [
      'a migration',
      migrateWrite(set, 'n2'),
      `PATCH ${COCOON}/cocoonsets/web`,
      [...REST, { op: 'add', path: '/spec/nodeName', value: 'n2' }],
    ],
    [
      'a pin lifted',
      migrateWrite(set, ''),
      `PATCH ${COCOON}/cocoonsets/web`,
      [...REST, { op: 'remove', path: '/spec/nodeName' }],
    ],
    [
      'a first request for sleep',
      desireWrite(pod, null, 'Hibernate'),
      `POST ${COCOON}/cocoonhibernations`,
      {
        apiVersion: 'cocoonset.cocoonstack.io/v1',
        kind: 'CocoonHibernation',
        metadata: pod,
        spec: { podRef: { name: 'web-0' }, desire: 'Hibernate' },
      },
    ],
    [
      'a request that is turned',
      desireWrite(pod, there, 'Wake'),
      `PATCH ${COCOON}/cocoonhibernations/web-0`,
      [
        { op: 'test', path: '/metadata/uid', value: 'u2' },
        { op: 'test', path: '/metadata/generation', value: 4 },
        { op: 'test', path: '/spec/desire', value: 'Hibernate' },
        { op: 'replace', path: '/spec/desire', value: 'Wake' },
      ],
    ],
    [
      'a deletion',
      deletionWrite('pods', { ...pod, uid: 'u3' }),
      'DELETE /api/v1/namespaces/lab/pods/web-0',
      {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        preconditions: { uid: 'u3' },
        propagationPolicy: 'Background',
      },
    ],
    [
      'a new set',
      createSetWrite({ namespace: 'lab', name: 'new', spec: { a: 1 }, labels: { x: 'y' } }),
      `POST ${COCOON}/cocoonsets`,
      {
        apiVersion: 'cocoonset.cocoonstack.io/v1',
        kind: 'CocoonSet',
        metadata: { namespace: 'lab', name: 'new', labels: { x: 'y' } },
        spec: { a: 1 },
      },
    ],
    [
      'an edited set',
      replaceSetWrite(
        { namespace: 'lab', name: 'web', spec: { a: 2 }, annotations: {} },
        { uid: 'u1', resourceVersion: '9' },
        { labels: { x: 'y' }, annotations: { z: '1' }, finalizers: ['f'] },
      ),
      `PUT ${COCOON}/cocoonsets/web`,
      {
        apiVersion: 'cocoonset.cocoonstack.io/v1',
        kind: 'CocoonSet',
        metadata: {
          namespace: 'lab',
          name: 'web',
          uid: 'u1',
          resourceVersion: '9',
          labels: { x: 'y' },
          annotations: {},
          finalizers: ['f'],
        },
        spec: { a: 2 },
      },
    ],
  ])('%s', (_, write, request, body) => {
    expect([`${write.method} ${writePath(write)}`, write.body]).toEqual([request, body])
  })
})

describe('a set from a sleeping VM', () => {
  const vm = aVm({ namespace: 'lab', name: 'web-0', vmName: 'vk-lab-web-0', os: 'linux', pool: 'gpu' })
  const wish = { namespace: 'other', name: 'copy', replicas: 1 }

  it('is cloned from its snapshot, and asks for what the VM has', () => {
    const agent = {
      image: 'ubuntu:24.04',
      mode: 'run',
      network: 'cocoon-dhcp',
      resources: { limits: { cpu: '2' } },
    }
    const document = setFromVm(vm, { snapshotCompatibilityClass: 'v4', agent }, wish)
    expect(document).toMatchObject({
      namespace: 'other',
      name: 'copy',
      spec: {
        nodePool: 'gpu',
        snapshotCompatibilityClass: 'v4',
        agent: {
          image: 'vk-lab-web-0:hibernate',
          mode: 'clone',
          replicas: 1,
          network: 'cocoon-dhcp',
          resources: { limits: { cpu: '2' } },
        },
      },
    })
  })

  it.each([
    [{ nodePool: 'bare-metal' }, 'bare-metal'],
    [{ nodePool: '' }, undefined],
    [{}, 'gpu'],
  ])('goes to the pool of %o', (chosen, nodePool) => {
    const { spec } = setFromVm({ ...vm, pool: 'gpu' }, null, { ...wish, ...chosen })
    expect(spec.nodePool).toBe(nodePool)
  })

  it('takes the options of the toolbox that the VM is', () => {
    const toolbox = aVm({ ...vm, name: 'web-db', role: 'toolbox', set: 'web' })
    const toolboxes = [{ name: 'x' }, { name: 'db', connType: 'vnc', probePort: 5432 }]
    const { spec } = setFromVm(toolbox, { agent: { network: 'no' }, toolboxes }, wish)
    expect(spec.agent).toMatchObject({ connType: 'vnc', probePort: 5432 })
  })

  it('asks for what the pod asked for where there is no set', () => {
    const { spec } = setFromVm({ ...vm, cpu: '2', memory: '4Gi' }, null, wish)
    expect(spec.agent).toMatchObject({ resources: { requests: { cpu: '2', memory: '4Gi' } } })
  })
})

describe('a pod of no set', () => {
  it('is a fork of its source, on the same node, and of no owner', () => {
    const { body } = standaloneForkWrite(aPod({ name: 'web-0' }), 'spare')
    expect(body).toMatchObject({
      metadata: {
        name: 'spare',
        namespace: 'lab',
        annotations: {
          'vm.cocoonstack.io/name': 'vk-lab-spare',
          'vm.cocoonstack.io/fork-from': 'vk-lab-web-0',
          'cocoonset.cocoonstack.io/managed': 'true',
        },
      },
      spec: {
        nodeName: 'vm-node-1',
        tolerations: [{ key: 'virtual-kubelet.io/provider' }],
        containers: [{ name: 'agent', resources: { requests: { cpu: '2' } } }],
      },
    })
    expect(body).not.toHaveProperty('metadata.ownerReferences')
    // The runtime of the source is not that of the fork.
    expect(body).not.toHaveProperty(['metadata', 'annotations', 'vm.cocoonstack.io/id'])
  })
})

describe('the kubectl command', () => {
  it.each([
    [
      suspendWrite(set, true),
      `kubectl patch cocoonset web --namespace=lab --type=json --patch='${JSON.stringify(suspendWrite(set, true).body)}'`,
    ],
    [deletionWrite('pods', { ...pod, uid: 'u' }), 'kubectl delete pod web-0 --namespace=lab --wait=false'],
    [
      migrateWrite({ ...set, name: "it's" }, ''),
      `kubectl patch cocoonset 'it'\\''s' --namespace=lab --type=json --patch='${JSON.stringify(
        migrateWrite(set, '').body,
      )}'`,
    ],
  ])('%#', (write, command) => {
    expect(kubectlCommand(write)).toBe(command)
  })

  it.each([
    [desireWrite(pod, null, 'Wake'), 'create'],
    [replaceSetWrite({ ...pod, spec: {} }, { uid: 'u', resourceVersion: '1' }, {}), 'replace'],
  ])('sends the whole object from its input: %#', (write, verb) => {
    const [first = '', ...rest] = kubectlCommand(write).split('\n')
    expect([first, rest.at(-1)]).toEqual([`kubectl ${verb} --filename=- <<'EOF'`, 'EOF'])
    expect(JSON.parse(rest.slice(0, -1).join('\n'))).toEqual(write.body)
  })
})
