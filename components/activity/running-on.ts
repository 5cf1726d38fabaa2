import type { Operation } from '../../lib/fleet/operations/operation.ts'

/** What runs on the VM or the set of this uid; undefined for nothing that is listed. */
export function runningOn(operations: ReadonlyMap<string, Operation>, uid: string): Operation | undefined {
  for (const operation of operations.values()) {
    if (operation.of === uid && operation.ended === null) return operation
  }
  return undefined
}
