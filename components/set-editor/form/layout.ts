import { schemaAt } from '../document/editor-schema.ts'
import { parseField } from '../document/path.ts'
import type { Path } from '../document/path.ts'
import type { Schema } from '../../../lib/cocoon/schema.ts'

/** What the fleet knows that fits into a field. */
export type Suggests = 'namespaces' | 'images' | 'networks' | 'pools' | 'nodes' | 'classes'

/** How a field is filled in. */
export type Control = 'text' | 'number' | 'amount' | 'flag' | 'choice' | 'map' | 'list'

/** One field of the form; `path` is written as `spec.toolboxes[].name`, relative to the item in a list. */
export interface Field {
  path: string
  label: string
  /** Takes the whole width. */
  wide?: true
  mono?: true
  suggests?: Suggests
  /** Stands in the empty control when the schema has no default to show. */
  placeholder?: string
  /** Of a map: the members that have fields of their own. */
  without?: readonly string[]
  /** Of a list: the fields of one item, and its name. */
  items?: { fields: readonly Field[]; noun: string; more?: readonly Field[] }
  /** Shown only while the item is static, or when it has a value. */
  onlyStatic?: true
  /** Shown only while the item is not static, or when it has a value. */
  notStatic?: true
}

/** Fields that are laid out together. */
export interface GridProps {
  fields: readonly Field[]
  /** What the paths of the fields begin with, in the document and in the schema. */
  top?: Path
  template?: string
  isStatic?: boolean
}

export interface Section {
  id: string
  title: string
  intro?: string
  fields: readonly Field[]
  /** Fields for the few, behind a fold. */
  more?: readonly Field[]
}

const OWN_FIELDS = ['cpu', 'memory']

const sizeFields = (top: string): Field[] => [
  { path: `${top}resources.limits.cpu`, label: 'CPU limit', mono: true, placeholder: 'no limit' },
  { path: `${top}resources.limits.memory`, label: 'Memory limit', mono: true, placeholder: 'no limit' },
  { path: `${top}resources.requests.cpu`, label: 'CPU request', mono: true, placeholder: 'as the limit' },
  {
    path: `${top}resources.requests.memory`,
    label: 'Memory request',
    mono: true,
    placeholder: 'as the limit',
  },
  { path: `${top}storage`, label: 'Storage', mono: true, placeholder: 'of the image' },
]

const moreSize = (top: string): Field[] => [
  { path: `${top}noDirectIO`, label: 'No direct I/O' },
  { path: `${top}resources.limits`, label: 'Other limits', without: OWN_FIELDS, wide: true },
  { path: `${top}resources.requests`, label: 'Other requests', without: OWN_FIELDS, wide: true },
  {
    path: `${top}resources.claims`,
    label: 'Device claims',
    wide: true,
    items: {
      noun: 'claim',
      fields: [
        { path: 'name', label: 'Claim', mono: true },
        { path: 'request', label: 'Request', mono: true, placeholder: 'all of them' },
      ],
    },
  },
]

const networkFields = (top: string): Field[] => [
  {
    path: `${top}network`,
    label: 'Network',
    mono: true,
    suggests: 'networks',
    placeholder: 'the node’s own',
  },
  { path: `${top}connType`, label: 'Connection' },
  { path: `${top}probePort`, label: 'Probe port', mono: true, placeholder: 'ping instead' },
]

const REF: readonly Field[] = [
  { path: 'configMapRef.name', label: 'Config map', mono: true },
  { path: 'configMapRef.optional', label: 'It may be missing' },
  { path: 'secretRef.name', label: 'Secret', mono: true },
  { path: 'secretRef.optional', label: 'It may be missing' },
  { path: 'prefix', label: 'Prefix', mono: true, placeholder: 'none' },
]

const TOOLBOX: readonly Field[] = [
  { path: 'name', label: 'Name', mono: true },
  { path: 'mode', label: 'Mode' },
  { path: 'image', label: 'Image', mono: true, wide: true, suggests: 'images', notStatic: true },
  { path: 'staticIP', label: 'Address', mono: true, onlyStatic: true },
  { path: 'staticVMID', label: 'VM id', mono: true, onlyStatic: true },
  { path: 'vncPort', label: 'VNC port', mono: true, placeholder: 'none', onlyStatic: true },
  { path: 'os', label: 'Operating system' },
  { path: 'backend', label: 'Hypervisor', notStatic: true },
  ...networkFields(''),
]

/** The form, from top to bottom. A test holds it to the CRD's schema: no field of it is missing. */
export const SECTIONS: readonly Section[] = [
  {
    id: 'basics',
    title: 'Basics',
    fields: [
      { path: 'metadata.name', label: 'Name', mono: true },
      { path: 'metadata.namespace', label: 'Namespace', mono: true, suggests: 'namespaces' },
      { path: 'spec.agent.replicas', label: 'Sub-agents', mono: true },
      { path: 'spec.suspend', label: 'Suspended' },
    ],
  },
  {
    id: 'image',
    title: 'Image and mode',
    fields: [
      { path: 'spec.agent.image', label: 'Image', mono: true, wide: true, suggests: 'images' },
      { path: 'spec.agent.mode', label: 'Mode' },
      { path: 'spec.agent.os', label: 'Operating system' },
      { path: 'spec.agent.backend', label: 'Hypervisor' },
      { path: 'spec.agent.forcePull', label: 'Always fetch the image' },
    ],
  },
  {
    id: 'size',
    title: 'Size',
    intro: 'Of the main agent and of each sub-agent. A clone keeps the size of its snapshot.',
    fields: sizeFields('spec.agent.'),
    more: moreSize('spec.agent.'),
  },
  { id: 'network', title: 'Network and connection', fields: networkFields('spec.agent.') },
  {
    id: 'snapshots',
    title: 'Snapshots and hibernation',
    fields: [
      { path: 'spec.snapshotPolicy', label: 'Save on deletion' },
      { path: 'spec.hibernatePolicy', label: 'While suspended' },
    ],
  },
  {
    id: 'placement',
    title: 'Placement',
    fields: [
      { path: 'spec.nodePool', label: 'Node pool', mono: true, suggests: 'pools' },
      { path: 'spec.nodeName', label: 'Node', mono: true, suggests: 'nodes', placeholder: 'any of the pool' },
      {
        path: 'spec.snapshotCompatibilityClass',
        label: 'Snapshot class',
        mono: true,
        suggests: 'classes',
        placeholder: 'any CPU',
      },
    ],
  },
  {
    id: 'toolboxes',
    title: 'Toolboxes',
    intro: 'VMs beside the agents, each with an image of its own. They start when the main agent is ready.',
    fields: [
      {
        path: 'spec.toolboxes',
        label: 'Toolboxes',
        wide: true,
        items: {
          noun: 'toolbox',
          fields: TOOLBOX,
          more: [
            ...sizeFields(''),
            { path: 'forcePull', label: 'Always fetch the image', notStatic: true },
            ...moreSize(''),
          ],
        },
      },
    ],
  },
  {
    id: 'labels',
    title: 'Labels and annotations',
    fields: [
      { path: 'metadata.labels', label: 'Labels', wide: true },
      { path: 'metadata.annotations', label: 'Annotations', wide: true },
    ],
  },
  {
    id: 'identity',
    title: 'Environment and identity',
    intro: 'On the pods of the agents only. No released kubelet passes variables on to the guest.',
    fields: [
      {
        path: 'spec.agent.serviceAccountName',
        label: 'Service account',
        mono: true,
        placeholder: 'default',
      },
      {
        path: 'spec.agent.envFrom',
        label: 'Variables from',
        wide: true,
        items: { noun: 'source', fields: REF },
      },
    ],
  },
]

const CONTROLS: Partial<Record<NonNullable<Schema['type']>, Control>> = {
  boolean: 'flag',
  integer: 'number',
  object: 'map',
  array: 'list',
}

/** How a field is filled in, by its schema. */
export function controlOf(path: string): Control {
  const schema = schemaAt(parseField(path.replaceAll('[]', '[0]'))) ?? {}
  if (schema['x-kubernetes-int-or-string']) return 'amount'
  if (schema.enum) return 'choice'
  return schema.type === undefined ? 'text' : (CONTROLS[schema.type] ?? 'text')
}
