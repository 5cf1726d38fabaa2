import { LABEL_VM_NODE } from '../cocoon/component-keys.ts'
import {
  DEFAULT_NODE_POOL,
  LABEL_NODE_POOL,
  LABEL_SNAPSHOT_CPU_CLASS,
  TOLERATION_KEY,
} from '../cocoon/keys.ts'
import { quantityValue } from '../cocoon/quantity.ts'
import { readConditions } from './project-conditions.ts'
import { readQuantity } from './project-resources.ts'
import { createReader, fieldsOf, itemsOf } from './reader.ts'
import type { VmNode } from './vm.ts'

function isVmNode(labels: Record<string, unknown>, spec: Record<string, unknown>): boolean {
  if (LABEL_VM_NODE in labels || LABEL_NODE_POOL in labels) return true
  return itemsOf(spec.taints).some((taint) => taint.key === TOLERATION_KEY)
}

/** Projects a node (contract 6.6) to its row; null for a node that holds no VMs. */
export function projectNode(node: unknown): VmNode | null {
  const read = createReader()
  const object = fieldsOf(node)
  const metadata = fieldsOf(object.metadata)
  const labels = fieldsOf(metadata.labels)
  const spec = fieldsOf(object.spec)
  if (!isVmNode(labels, spec)) return null
  const status = fieldsOf(object.status)
  const allocatable = fieldsOf(status.allocatable)
  const amount = (name: string) =>
    Math.max(0, quantityValue(readQuantity(`allocatable ${name}`, allocatable[name], read)) ?? 0)
  const ready = readConditions(status.conditions, read).get('Ready')
  const internal = itemsOf(status.addresses).find((address) => address.type === 'InternalIP')
  return {
    uid: read.text('metadata.uid', metadata.uid),
    name: read.text('metadata.name', metadata.name),
    pool: read.text('pool label', labels[LABEL_NODE_POOL]) || DEFAULT_NODE_POOL,
    ready: ready?.status === 'True',
    schedulable: spec.unschedulable !== true,
    message: ready?.status === 'True' ? '' : (ready?.message ?? 'the node has no Ready condition'),
    internalIP: read.text('InternalIP', internal?.address),
    version: read.text('kubelet version', fieldsOf(status.nodeInfo).kubeletVersion),
    snapshotCpuClass: read.text('snapshot CPU class', labels[LABEL_SNAPSHOT_CPU_CLASS]),
    cpu: amount('cpu'),
    memory: amount('memory'),
    storage: amount('ephemeral-storage'),
    pods: amount('pods'),
    createdAt: read.time('metadata.creationTimestamp', metadata.creationTimestamp) ?? '',
    problems: read.problems,
  }
}
