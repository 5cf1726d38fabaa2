import { expect, it } from 'vitest'
import {
  ANNOTATION_CLONE_FROM_DIR,
  DEFAULT_SNAPSHOT_TAG,
  HIBERNATE_SNAPSHOT_TAG,
  LABEL_SNAPSHOT_CPU_CLASS,
} from '../../lib/cocoon/keys.ts'
import type { AgentSpec } from '../../lib/cocoon/crd.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { markRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { agentPod } from '../../lib/fleet/drift/pod-shape.ts'
import { snapshotRegistry, type Snapshot } from '../registry.ts'
import { NODE, webSet } from '../testing/objects.ts'
import type { SnapshotStore } from './find-snapshot.ts'
import { imageSource } from './image-source.ts'
import { VK_FEATURES, type VkGeneration } from './vk-generation.ts'

const store = (): SnapshotStore => ({
  registry: snapshotRegistry(),
  localSnapshots: new Map(),
  pulled: new Map(),
})
const agent = (spec: AgentSpec = {}) => agentPod(webSet({ agent: spec }), 0)
const fork = () => agentPod(webSet({ agent: { replicas: 1 } }), 1, NODE)
const marked = (pod: Pod) => markRestoreFromHibernate(pod)
const inDirectory = (pod: Pod, directory: string): Pod => {
  const annotations = { ...pod.metadata?.annotations, [ANNOTATION_CLONE_FROM_DIR]: directory }
  return { ...pod, metadata: { ...pod.metadata, annotations } }
}
const ofClass = (cpuClass: string): Pod => {
  const pod = agent()
  return { ...pod, spec: { ...pod.spec, nodeSelector: { [LABEL_SNAPSHOT_CPU_CLASS]: cpuClass } } }
}

/** What a node makes of a pod: the source, or the reason and the words of its refusal. */
function answer(pod: Pod, has: SnapshotStore, generation: VkGeneration = 'new'): string {
  const source = imageSource(pod, has, VK_FEATURES[generation])
  return source.from === 'refused' ? `${source.reason}: ${source.message}` : source.from
}

const own: [string, Pod, string | undefined, VkGeneration, string][] = [
  ['clones an image', agent(), undefined, 'new', 'clone'],
  ['runs an image', agent({ mode: 'run' }), undefined, 'new', 'run'],
  ['forks the main VM, whatever the mode', fork(), undefined, 'new', 'fork'],
  ['restores what is marked', marked(fork()), 'ubuntu:24.04', 'new', 'restore'],
  [
    'cannot restore what is not there',
    marked(agent()),
    undefined,
    'new',
    'WakePullFailed: pull vk-team-web-0:hibernate: manifest unknown',
  ],
  ['restores what the registry proves to sleep', agent(), 'ubuntu:24.04', 'new', 'evidence'],
  [
    'refuses another base image',
    agent(),
    'ubuntu:22.04',
    'new',
    'HibernateEvidenceFailed: vk-team-web-0:hibernate exists but cannot be restored for this pod (base image ubuntu:22.04); delete the tag to boot afresh',
  ],
  [
    'refuses to fork over a snapshot',
    fork(),
    'ubuntu:24.04',
    'new',
    'HibernateEvidenceFailed: vk-team-web-1:hibernate exists but cannot be restored for this pod (base image ubuntu:24.04); delete the tag to boot afresh',
  ],
  [
    'fails closed when the registry does not answer',
    agent({ image: 'ubuntu-no-registry:1' }),
    undefined,
    'new',
    'HibernateEvidenceUnavailable: probe vk-team-web-0:hibernate: registry: 503 Service Unavailable',
  ],
  ['asks no registry on older nodes', agent({ image: 'ubuntu-no-registry:1' }), undefined, 'mid', 'clone'],
  ['heeds no evidence on older nodes', agent(), 'ubuntu:22.04', 'old', 'clone'],
  ['clones from a directory', inDirectory(agent(), '/var/lib/golden'), undefined, 'new', 'directory'],
  [
    'takes no relative directory',
    inDirectory(agent(), '/var/../etc'),
    undefined,
    'new',
    'CreateFailed: clone-from-dir /var/../etc: not an absolute canonical path',
  ],
  [
    'does not fork from a directory',
    inDirectory(fork(), '/var/lib/golden'),
    undefined,
    'new',
    'CreateFailed: clone-from-dir cannot be combined with fork-from or mode=run',
  ],
  ['is of the CPU class of its node', ofClass('icelake-v1'), undefined, 'new', 'clone'],
  [
    'refuses another CPU class',
    ofClass('sapphire-v1'),
    undefined,
    'new',
    'CreateFailed: snapshot CPU class "sapphire-v1" is not that of this node, "icelake-v1"',
  ],
  ['asks for no CPU class on older nodes', ofClass('sapphire-v1'), undefined, 'mid', 'clone'],
  [
    'cannot pull what is not there',
    agent({ image: 'ubuntu-no-image:1' }),
    undefined,
    'new',
    'CreateFailed: pull ubuntu-no-image:1: manifest unknown',
  ],
]
it.each(own)('%s', (_, pod, baseImage, generation, wanted) => {
  const has = store()
  const { vmName } = parseVMSpec(pod)
  if (baseImage) has.registry.push(vmName, HIBERNATE_SNAPSHOT_TAG, { baseImage, pushedFrom: NODE })
  expect(answer(pod, has, generation)).toBe(wanted)
})

const OTHER = 'vk-lab-gold-0'
const taken: Snapshot = { baseImage: 'ubuntu:24.04', pushedFrom: 'b', backend: 'cloud-hypervisor' }
const others: [string, AgentSpec, string[], string][] = [
  ['clones a sleeping VM by its tag', { image: `${OTHER}:hibernate` }, [HIBERNATE_SNAPSHOT_TAG], 'clone'],
  ['clones the last state of a deleted VM', { image: OTHER }, [DEFAULT_SNAPSHOT_TAG], 'clone'],
  [
    'cannot clone a VM that was never saved',
    { image: OTHER },
    [],
    `CreateFailed: pull snapshot ${OTHER}: manifest unknown`,
  ],
  [
    'cannot clone a tag that is gone',
    { image: `${OTHER}:hibernate` },
    [DEFAULT_SNAPSHOT_TAG],
    `CreateFailed: pull snapshot ${OTHER}:hibernate: manifest unknown`,
  ],
  [
    'cannot restore for another hypervisor',
    { image: OTHER, backend: 'firecracker' },
    [DEFAULT_SNAPSHOT_TAG],
    `CreateFailed: snapshot ${OTHER} was taken with cloud-hypervisor but CocoonSet requests firecracker`,
  ],
  [
    'does not boot a snapshot',
    { image: OTHER, mode: 'run' },
    [DEFAULT_SNAPSHOT_TAG],
    `CreateFailed: ${OTHER} is a snapshot artifact; use mode=clone instead of mode=run`,
  ],
]
it.each(others)('%s', (_, spec, tags, wanted) => {
  const has = store()
  for (const tag of tags) has.registry.push(OTHER, tag, taken)
  expect(answer(agent(spec), has)).toBe(wanted)
})
