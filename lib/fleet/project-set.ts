import { readConditions } from './project-conditions.ts'
import { createReader, fieldsOf, itemsOf } from './reader.ts'
import type { VmSet } from './vm.ts'

const COUNT_LIMIT = 2 ** 31 - 1

/** Projects a CocoonSet (contract 3.1, 3.2, 4.3) to its row. Never throws for malformed fields. */
export function projectSet(set: unknown): VmSet {
  const read = createReader()
  const object = fieldsOf(set)
  const metadata = fieldsOf(object.metadata)
  const spec = fieldsOf(object.spec)
  const agent = fieldsOf(spec.agent)
  const status = fieldsOf(object.status)
  const ready = readConditions(status.conditions, read).get('Ready')
  const text = (field: string, value: unknown) => read.text(field, value)
  const count = (field: string, value: unknown) => read.whole(field, value, 0, COUNT_LIMIT)
  const generation = (field: string, value: unknown) => read.whole(field, value, 0, Number.MAX_SAFE_INTEGER)
  return {
    uid: text('metadata.uid', metadata.uid),
    namespace: text('metadata.namespace', metadata.namespace),
    name: text('metadata.name', metadata.name),
    phase: text('status.phase', status.phase),
    // The operator stamps the Ready condition when it turns, which is not always when the phase does.
    phaseSince: status.phase === 'Running' && ready?.status === 'True' ? ready.since : null,
    message: ready?.status === 'False' ? ready.message : '',
    suspend: read.flag('spec.suspend', spec.suspend),
    replicas: count('spec.agent.replicas', agent.replicas),
    toolboxes: itemsOf(spec.toolboxes).length,
    readyAgents: count('status.readyAgents', status.readyAgents),
    desiredAgents: count('status.desiredAgents', status.desiredAgents),
    readyToolboxes: count('status.readyToolboxes', status.readyToolboxes),
    desiredToolboxes: count('status.desiredToolboxes', status.desiredToolboxes),
    image: text('spec.agent.image', agent.image),
    mode: text('spec.agent.mode', agent.mode),
    os: text('spec.agent.os', agent.os),
    backend: text('spec.agent.backend', agent.backend),
    nodePool: text('spec.nodePool', spec.nodePool),
    nodeName: text('spec.nodeName', spec.nodeName),
    snapshotPolicy: text('spec.snapshotPolicy', spec.snapshotPolicy),
    hibernatePolicy: text('spec.hibernatePolicy', spec.hibernatePolicy),
    snapshotClass: text('spec.snapshotCompatibilityClass', spec.snapshotCompatibilityClass),
    generation: generation('metadata.generation', metadata.generation),
    observedGeneration: generation('status.observedGeneration', status.observedGeneration),
    createdAt: read.time('metadata.creationTimestamp', metadata.creationTimestamp) ?? '',
    deletedAt: read.time('metadata.deletionTimestamp', metadata.deletionTimestamp),
    problems: read.problems,
  }
}
