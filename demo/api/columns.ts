import { ageOf } from './human-duration.ts'
import type { KubeJson } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'
import { podReadyCell, podRestartsCell, podStatusCell } from './pod-cells.ts'
import type { Column } from './resource.ts'

export const NAME: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name must be unique within a namespace.',
  cell: (object) => object.metadata.name ?? '',
}

export const AGE: Column = {
  name: 'Age',
  type: 'string',
  description: 'Time since the object was created.',
  cell: (object, now) => ageOf(object.metadata.creationTimestamp, now),
}

export const text = (name: string, cell: Column['cell'], priority = 0): Column => ({
  name,
  type: 'string',
  priority,
  cell,
})
export const wholeNumber = (name: string, cell: Column['cell'], priority = 0): Column => ({
  ...text(name, cell, priority),
  type: 'integer',
})
export const orNone = (value: string) => value || '<none>'

const address = (node: KubeJson, type: string) =>
  textAt(
    listAt(node, 'status', 'addresses').find((one) => textAt(one, 'type') === type),
    'address',
  )

const ROLE_LABEL = 'node-role.kubernetes.io/'

function nodeRoles(node: KubeJson): string {
  const roles = Object.keys(node.metadata.labels ?? {})
    .filter((label) => label.startsWith(ROLE_LABEL) && label.length > ROLE_LABEL.length)
    .map((label) => label.slice(ROLE_LABEL.length))
  return orNone(roles.sort().join(','))
}

function nodeStatus(node: KubeJson): string {
  const ready = listAt(node, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready')
  const word = isRecord(ready) ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown'
  return valueAt(node, 'spec', 'unschedulable') === true ? `${word},SchedulingDisabled` : word
}

function kernelVersion(node: KubeJson): string {
  const architecture = textAt(node, 'status', 'nodeInfo', 'architecture')
  const version = textAt(node, 'status', 'nodeInfo', 'kernelVersion') || '<unknown>'
  return architecture ? `${version} (${architecture})` : version
}

export const plainColumns: readonly Column[] = [NAME, AGE]

/** What kinds without a printer of their own get. */
export const createdColumns: readonly Column[] = [
  NAME,
  { ...AGE, name: 'Created At', type: 'date', cell: (object) => object.metadata.creationTimestamp ?? '' },
]

export const namespaceColumns: readonly Column[] = [
  NAME,
  text('Status', (object) => textAt(object, 'status', 'phase')),
  AGE,
]

export const podColumns: readonly Column[] = [
  NAME,
  text('Ready', podReadyCell),
  text('Status', podStatusCell),
  text('Restarts', podRestartsCell),
  AGE,
  text('IP', (pod) => orNone(textAt(pod, 'status', 'podIP')), 1),
  text('Node', (pod) => orNone(textAt(pod, 'spec', 'nodeName')), 1),
  text('Nominated Node', (pod) => orNone(textAt(pod, 'status', 'nominatedNodeName')), 1),
  text('Readiness Gates', () => '<none>', 1),
]

export const nodeColumns: readonly Column[] = [
  NAME,
  text('Status', nodeStatus),
  text('Roles', nodeRoles),
  AGE,
  text('Version', (node) => textAt(node, 'status', 'nodeInfo', 'kubeletVersion')),
  text('Internal-IP', (node) => orNone(address(node, 'InternalIP')), 1),
  text('External-IP', (node) => orNone(address(node, 'ExternalIP')), 1),
  text('OS-Image', (node) => textAt(node, 'status', 'nodeInfo', 'osImage') || '<unknown>', 1),
  text('Kernel-Version', kernelVersion, 1),
  text(
    'Container-Runtime',
    (node) => textAt(node, 'status', 'nodeInfo', 'containerRuntimeVersion') || '<unknown>',
    1,
  ),
]

const columnPath = (jsonPath: string) => jsonPath.split('.').filter((step) => step !== '')

function columnCell(type: string, path: readonly string[]): Column['cell'] {
  if (type === 'date') return (object, now) => ageOf(valueAt(object, ...path), now)
  return (object) => {
    const value = valueAt(object, ...path)
    if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value
    return null
  }
}

/** The columns that a version of a CRD asks for: Name, then its own, or Age when it names none. */
export function crdColumns(version: unknown): readonly Column[] {
  const own = listAt(version, 'additionalPrinterColumns').map((column) => {
    const path = columnPath(textAt(column, 'jsonPath'))
    const type = textAt(column, 'type')
    const priority = valueAt(column, 'priority')
    return {
      name: textAt(column, 'name'),
      type,
      description:
        textAt(column, 'description') ||
        `Custom resource definition column (in JSONPath format): ${textAt(column, 'jsonPath')}`,
      priority: typeof priority === 'number' ? priority : 0,
      cell: columnCell(type, path),
    }
  })
  return [NAME, ...(own.length > 0 ? own : [AGE])]
}
