import type { PlannedWrite, WrittenResource } from './planned-write.ts'

/** The deletion of exactly this object: of a namesake that was made since, nothing is deleted. */
export function deletionWrite(
  resource: WrittenResource,
  { namespace, name, uid }: { namespace: string; name: string; uid: string },
): PlannedWrite {
  return {
    method: 'DELETE',
    resource,
    namespace,
    name,
    body: {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      preconditions: { uid },
      propagationPolicy: 'Background',
    },
  }
}
