import { readConditions } from './project-conditions.ts'
import { createReader, fieldsOf } from './reader.ts'
import type { VmHibernation } from './vm.ts'

/** A CocoonHibernation as the dashboard keeps it: what it says, and which pod it is about. */
export interface HibernationRow extends VmHibernation {
  namespace: string
  /** spec.podRef.name */
  pod: string
  /** Fields that could not be read, in words: they are shown with the VM. */
  problems: string[]
}

/** Projects a CocoonHibernation (contract 3.3, 5) to its row. Never throws for malformed fields. */
export function projectHibernation(hibernation: unknown): HibernationRow {
  const read = createReader()
  const object = fieldsOf(hibernation)
  const metadata = fieldsOf(object.metadata)
  const spec = fieldsOf(object.spec)
  const status = fieldsOf(object.status)
  const phase = read.text('status.phase', status.phase)
  const ready = readConditions(status.conditions, read).get('Ready')
  return {
    uid: read.text('metadata.uid', metadata.uid),
    namespace: read.text('metadata.namespace', metadata.namespace),
    name: read.text('metadata.name', metadata.name),
    pod: read.text('spec.podRef.name', fieldsOf(spec.podRef).name),
    desire: read.text('spec.desire', spec.desire),
    phase,
    since: ready?.since ?? null,
    // Where all goes well the operator's message is the phase once more (contract 5).
    message: ready === undefined || ready.message === phase ? '' : ready.message,
    deletedAt: read.time('metadata.deletionTimestamp', metadata.deletionTimestamp),
    problems: read.problems,
  }
}
