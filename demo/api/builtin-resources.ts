import { eventColumns, namespaceColumns, nodeColumns, plainColumns, podColumns } from './columns.ts'
import type { Resource } from './resource.ts'
import { resourceId, statusSubresource } from './resource.ts'

type Entry = Pick<Resource, 'kind' | 'plural'> & Partial<Resource>

function builtin(group: string, version: string, entry: Entry): Resource {
  const singular = entry.kind.toLowerCase()
  return {
    id: resourceId(group, entry.plural),
    group,
    version,
    singular,
    listKind: `${entry.kind}List`,
    namespaced: true,
    shortNames: [],
    categories: [],
    subresources: [],
    custom: false,
    status: 'none',
    generation: false,
    columns: plainColumns,
    fields: {},
    ...entry,
  }
}

const path = (label: string) => label.split('.')
const paths = (...labels: string[]) => Object.fromEntries(labels.map((label) => [label, path(label)]))

const CORE: Entry[] = [
  { kind: 'ConfigMap', plural: 'configmaps', shortNames: ['cm'] },
  {
    kind: 'Event',
    plural: 'events',
    shortNames: ['ev'],
    columns: eventColumns,
    fields: {
      ...paths(
        'involvedObject.kind',
        'involvedObject.namespace',
        'involvedObject.name',
        'involvedObject.uid',
      ),
      ...paths('involvedObject.apiVersion', 'involvedObject.resourceVersion', 'involvedObject.fieldPath'),
      ...paths('reason', 'type', 'reportingComponent'),
      source: ['source', 'component'],
    },
  },
  {
    kind: 'Namespace',
    plural: 'namespaces',
    namespaced: false,
    shortNames: ['ns'],
    subresources: [statusSubresource('Namespace')],
    status: 'lenient',
    columns: namespaceColumns,
    fields: { ...paths('status.phase'), name: ['metadata', 'name'] },
  },
  {
    kind: 'Node',
    plural: 'nodes',
    namespaced: false,
    shortNames: ['no'],
    subresources: [statusSubresource('Node')],
    status: 'kept-on-create',
    columns: nodeColumns,
    fields: paths('spec.unschedulable'),
  },
  {
    kind: 'Pod',
    plural: 'pods',
    shortNames: ['po'],
    categories: ['all'],
    subresources: [{ name: 'binding', kind: 'Binding', verbs: ['create'] }, statusSubresource('Pod')],
    status: 'lenient',
    generation: true,
    columns: podColumns,
    fields: {
      ...paths('spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName'),
      ...paths('spec.hostNetwork', 'status.phase', 'status.podIP', 'status.nominatedNodeName'),
    },
  },
  { kind: 'Secret', plural: 'secrets', fields: paths('type') },
  { kind: 'ServiceAccount', plural: 'serviceaccounts', shortNames: ['sa'] },
]

const RBAC: Entry[] = [
  { kind: 'ClusterRoleBinding', plural: 'clusterrolebindings', namespaced: false },
  { kind: 'ClusterRole', plural: 'clusterroles', namespaced: false },
  { kind: 'RoleBinding', plural: 'rolebindings' },
  { kind: 'Role', plural: 'roles' },
]

/** What every cluster has. Custom resources come from the CRD objects that are stored (registry.ts). */
export const BUILTIN_RESOURCES: readonly Resource[] = [
  ...CORE.map((entry) => builtin('', 'v1', entry)),
  builtin('apiextensions.k8s.io', 'v1', {
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    namespaced: false,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    subresources: [statusSubresource('CustomResourceDefinition')],
    status: 'lenient',
    generation: true,
  }),
  builtin('coordination.k8s.io', 'v1', { kind: 'Lease', plural: 'leases' }),
  ...RBAC.map((entry) => builtin('rbac.authorization.k8s.io', 'v1', entry)),
]
