import type { Schema } from './schema.ts'

/** Descriptions by path, such as `spec.toolboxes[].name`; '' is the kind itself. */
export type SchemaWords = Readonly<Record<string, string>>

/** What agents and toolboxes have in common (contract 3.1). */
const OPTIONS: SchemaWords = {
  os: 'The operating system of the guest. It decides how the VM is reached.',
  backend: 'The hypervisor that runs the VM.',
  connType:
    'How to connect to the guest. When it is empty it follows from the operating system and the VNC port.',
  network: 'The name of the CNI network that the VM joins.',
  forcePull: 'Whether to fetch the image anew although the node has it.',
  noDirectIO: 'Whether to go through the page cache of the node instead of around it.',
  probePort: 'The TCP port of the guest that answers once it is ready. Without one the guest is pinged.',
  storage: 'The size of the root volume.',
  resources: 'What the VM may use and what is set aside for it.',
  'resources.claims': 'Claims on devices that are defined elsewhere in the pod.',
  'resources.claims[].name': 'The name of a claim of the pod.',
  'resources.claims[].request': 'One request of the claim; all of them when it is empty.',
  'resources.limits': 'The most that the VM may use: cpu and memory are its size.',
  'resources.requests': 'What is set aside for the VM on its node.',
}

/** Where a VM is, as the status of a set tells of agents and toolboxes alike (contract 3.2). */
const PLACE: SchemaWords = {
  podName: 'The pod that stands for the VM.',
  vmName: 'The name of the VM, which outlives its pods and names its snapshots.',
  vmID: 'The id of the running VM; empty while it is hibernated.',
  ip: 'The primary IPv4 address of the guest.',
  phase: 'The phase of the pod.',
}

const CONDITIONS: SchemaWords = {
  conditions: 'What is true of the object, one entry for each type.',
  'conditions[].type': 'What the condition is about, such as Ready.',
  'conditions[].status': 'Whether it is so: True, False or Unknown.',
  'conditions[].reason': 'Why, in one word for programs.',
  'conditions[].message': 'Why, in a sentence for people.',
  'conditions[].lastTransitionTime': 'Since when the status is what it is.',
  'conditions[].observedGeneration': 'The generation of the object that the condition is about.',
}

const below = (path: string, words: SchemaWords): SchemaWords =>
  Object.fromEntries(Object.entries(words).map(([name, text]) => [`${path}.${name}`, text]))

/** Every field of a CocoonSet in a sentence (contract 3.1, 3.2, 4). */
export const COCOON_SET_WORDS: SchemaWords = {
  '': 'CocoonSet is a group of microVMs: one main agent, sub-agents forked from it, and toolboxes.',
  spec: 'What the set should be.',
  'spec.suspend': 'Whether every VM of the set should sleep. Waking it again is setting this to false.',
  'spec.snapshotPolicy': 'Which VMs are saved to the registry when they are deleted.',
  'spec.hibernatePolicy': 'What a suspended VM keeps: retain keeps its pod and seat, release gives both up.',
  'spec.nodePool': 'The pool of nodes that the VMs run on.',
  'spec.snapshotCompatibilityClass':
    'The class of CPUs that snapshots of memory can move between. It cannot be changed once it is set.',
  'spec.nodeName': 'The node that the main agent must run on. Changing it migrates the set.',
  'spec.agent': 'The main agent and the sub-agents that are forked from it.',
  ...below('spec.agent', OPTIONS),
  'spec.agent.replicas': 'How many sub-agents there are beside the main agent.',
  'spec.agent.image':
    'The image that the main agent starts from: a cloud image, or a snapshot by VM name and tag.',
  'spec.agent.mode': 'How the main agent starts: clone restores a snapshot, run boots an image.',
  'spec.agent.envFrom': 'Sources of environment variables, which the pod carries for whoever reads them.',
  'spec.agent.envFrom[].prefix': 'What is put before the name of each variable.',
  'spec.agent.envFrom[].configMapRef': 'A config map whose entries become variables.',
  'spec.agent.envFrom[].configMapRef.name': 'The name of the config map.',
  'spec.agent.envFrom[].configMapRef.optional': 'Whether it may be missing.',
  'spec.agent.envFrom[].secretRef': 'A secret whose entries become variables.',
  'spec.agent.envFrom[].secretRef.name': 'The name of the secret.',
  'spec.agent.envFrom[].secretRef.optional': 'Whether it may be missing.',
  'spec.agent.serviceAccountName': 'The service account of the agent pods.',
  'spec.toolboxes': 'VMs beside the agents, each with an image and a purpose of its own.',
  ...below('spec.toolboxes[]', OPTIONS),
  'spec.toolboxes[].name': 'The name of the toolbox, which ends the names of its pod and its VM.',
  'spec.toolboxes[].image': 'The image that it starts from. A static toolbox needs none.',
  'spec.toolboxes[].mode':
    'How it starts: run boots an image, clone restores a snapshot, static is a VM that exists already.',
  'spec.toolboxes[].staticIP': 'The address of a static toolbox.',
  'spec.toolboxes[].staticVMID': 'The id of the VM behind a static toolbox.',
  'spec.toolboxes[].vncPort': 'The TCP port where its screen is served by VNC.',
  status: 'What the set is, as its operator last saw it.',
  'status.observedGeneration': 'The generation of the set that the status is about.',
  'status.phase': 'Where the set is in its life, in one word.',
  'status.readyAgents': 'How many agents are ready, the main one included.',
  'status.desiredAgents': 'How many agents there should be: the main one and its sub-agents.',
  'status.readyToolboxes': 'How many toolboxes are ready.',
  'status.desiredToolboxes': 'How many toolboxes there should be.',
  'status.agents': 'The agents that there are, by slot.',
  ...below('status.agents[]', PLACE),
  'status.agents[].slot': 'The place of the agent in the set: 0 is the main agent.',
  'status.agents[].role': 'main or sub-agent.',
  'status.agents[].forkedFrom': 'The VM that a sub-agent was forked from.',
  'status.toolboxes': 'The toolboxes that there are, by name.',
  ...below('status.toolboxes[]', PLACE),
  'status.toolboxes[].name': 'The name of the toolbox.',
  'status.toolboxes[].connType': 'How to connect to it.',
  'status.toolboxes[].vncPort': 'The TCP port where its screen is served by VNC.',
  ...below('status', CONDITIONS),
}

/** Every field of a CocoonHibernation in a sentence (contract 3.3). */
export const COCOON_HIBERNATION_WORDS: SchemaWords = {
  '': 'CocoonHibernation puts one VM to sleep, and wakes it. Deleting it while the VM sleeps destroys the memory of the VM.',
  spec: 'What is asked for.',
  'spec.desire': 'Hibernate puts the VM to sleep, Wake wakes it. It may be changed at any time.',
  'spec.podRef': 'The pod of the VM. It cannot be changed.',
  'spec.podRef.name': 'The name of the pod, which must be the name of this object, too.',
  status: 'How far it is, as the operator last saw it.',
  'status.observedGeneration': 'The generation of the request that the status is about.',
  'status.phase': 'Where the request is in its life, in one word.',
  'status.vmName': 'The name of the VM, under which its snapshot is kept.',
  ...below('status', CONDITIONS),
}

/** A copy of a schema with descriptions; `path` is where it stands. */
export function withWords(schema: Schema, words: SchemaWords, path = ''): Schema {
  const { properties, items } = schema
  const description = words[path]
  const named = Object.entries(properties ?? {}).map(([name, property]) => {
    return [name, withWords(property, words, path ? `${path}.${name}` : name)] as const
  })
  return {
    ...(description !== undefined && { description }),
    ...schema,
    ...(properties && { properties: Object.fromEntries(named) }),
    ...(items && { items: withWords(items, words, `${path}[]`) }),
  }
}
