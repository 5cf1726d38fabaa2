import { schemaAt } from '../document/editor-schema.ts'
import { parseField } from '../document/path.ts'

const CPU = 'In cores: 2, or 500m for half of one.'
const BYTES = 'In bytes: 4Gi is 4\u00a0×\u00a01024³, 4G is 4\u00a0×\u00a01000³.'

/** By the last parts of the path, since agents and toolboxes have most fields in common. */
const HINTS: readonly (readonly [ending: string, hint: string])[] = [
  ['metadata.name', 'Its pods and VMs are named after it. It cannot be changed later.'],
  ['metadata.namespace', 'Where the set and its pods live. It cannot be changed later.'],
  ['metadata.labels', 'To select the set by. Its VMs do not get them.'],
  ['metadata.annotations', 'Notes for people and tools. Its VMs do not get them.'],
  ['agent.replicas', 'Forks of the main agent, which is extra: 3 makes four VMs.'],
  ['spec.suspend', 'Every VM sleeps; off wakes them again.'],
  [
    'agent.image',
    'To clone: a snapshot as repo[:tag], such as a VM’s name. To run: an OCI image or the URL of a disk.',
  ],
  ['[].image', 'To run: an OCI image or the URL of a disk. To clone: a snapshot as repo[:tag].'],
  ['agent.mode', 'How the main agent starts. Sub-agents are always forked from it.'],
  ['[].mode', 'How it starts, or static for a VM that exists already.'],
  ['.os', 'Also decides how the VM is reached.'],
  ['.backend', 'firecracker needs mode run and an OCI image; toolboxes must have the agent’s.'],
  ['.forcePull', 'Even when the node has it already.'],
  ['limits.cpu', CPU],
  ['limits.memory', BYTES],
  ['requests.cpu', `What is set aside on the node. ${CPU}`],
  ['requests.memory', `What is set aside on the node. ${BYTES}`],
  ['.storage', `The root disk. ${BYTES}`],
  ['.noDirectIO', 'Goes through the page cache of the node.'],
  ['resources.limits', 'Of anything else that nodes offer, such as hugepages-2Mi.'],
  ['resources.requests', 'Of anything else that nodes offer.'],
  ['resources.claims', 'Devices that the pod claims.'],
  ['.network', 'The name of the CNI network to join.'],
  ['.connType', 'Otherwise VNC with a VNC port, then by the system: RDP, ADB or SSH.'],
  ['.probePort', 'TCP port that answers when the guest is ready. Without one it is pinged.'],
  ['spec.snapshotPolicy', 'Whose last state goes to the registry when its VM is deleted.'],
  ['spec.hibernatePolicy', 'Release also gives up the pod and its room; for a lone main agent.'],
  ['spec.nodePool', 'Nodes with this pool take the VMs.'],
  ['spec.nodeName', 'Pins the main agent. Changing it moves only the main agent.'],
  ['spec.snapshotCompatibilityClass', 'CPUs that memory snapshots move between. Fixed once it is set.'],
  ['toolboxes[].name', 'Ends the names of its pod and VM; not a number.'],
  ['.staticIP', 'Where the VM is reached.'],
  ['.staticVMID', 'The id of the VM that exists already.'],
  ['.vncPort', 'Where its screen is served.'],
  ['agent.serviceAccountName', 'Of the pods of the agents.'],
]

/** What a field is for, in a line: our own words, or those of the CRD. */
export function hintOf(path: string): string {
  const own = HINTS.find(([ending]) => path.endsWith(ending))?.[1]
  return own ?? schemaAt(parseField(path.replaceAll('[]', '[0]')))?.description ?? ''
}

/** What each value of an enumeration means; the value itself says enough where there is nothing. */
const VALUES: Readonly<Record<string, string>> = {
  'mode clone': 'restore a snapshot',
  'mode run': 'boot an image',
  'mode static': 'a VM that exists already',
  'backend cloud-hypervisor': 'most guests',
  'backend firecracker': 'small Linux VMs',
  'snapshotPolicy always': 'every VM',
  'snapshotPolicy main-only': 'the main agent only',
  'snapshotPolicy never': 'none',
  'hibernatePolicy retain': 'pods keep their seats',
  'hibernatePolicy release': 'pod and room are given up',
}

/** A value of an enumeration as its option reads. */
export function valueWords(path: string, value: string): string {
  const meaning = VALUES[`${path.split('.').at(-1)} ${value}`]
  return meaning === undefined ? value : `${value} – ${meaning}`
}

const UNSET: Readonly<Record<string, string>> = { connType: 'Inferred' }

/** The option for a field that is not set. */
export function unsetWords(path: string, byDefault: string | number | undefined): string {
  const name = path.split('.').at(-1) ?? ''
  return byDefault === undefined ? (UNSET[name] ?? 'Not set') : `Default: ${byDefault}`
}
