import type { Allowed } from '../../fleet/can/verdict.ts'
import type { ActionAnswer, WrittenObject } from '../../fleet/writes/answer.ts'
import { kubectlCommand } from '../../fleet/writes/kubectl-command.ts'
import { KIND_OF, writePath } from '../../fleet/writes/planned-write.ts'
import type { PlannedWrite } from '../../fleet/writes/planned-write.ts'
import type { Acting, KubeJson, Target } from './deed.ts'
import { generationOf, metadataOf, uidOf, versionOf } from './object-metadata.ts'

export interface Done {
  acting: Acting
  deed: { action: string; target: Target }
  verdict: Allowed
  write: PlannedWrite
  /** The object before; null when the write made it. */
  basis: KubeJson | null
  /** What the API server answered: the object, or of a finished deletion a Status. */
  body: KubeJson
  warnings: string[]
  seen: boolean
}

function writtenObject({ write, basis, body }: Done): WrittenObject {
  // A Status has no identity: then the object is the one that was there.
  const object = uidOf(body) === '' ? basis : body
  const { resource, namespace, name } = write
  return {
    kind: KIND_OF[resource],
    namespace,
    name,
    uid: uidOf(object),
    resourceVersion: versionOf(object),
    generation: generationOf(object),
  }
}

/** Without the record of who wrote what, which is half of it and no part of what it says. */
function plain(object: KubeJson | null): KubeJson | null {
  if (object === null) return null
  const { managedFields: _, ...metadata } = metadataOf(object)
  return { ...object, metadata }
}

/** What is answered when a deed is done, or was only tried. */
export function actionAnswer(done: Done): ActionAnswer {
  const { acting, deed, verdict, write, basis, body, warnings, seen } = done
  const { resource, namespace, name, uid } = deed.target
  const after = write.method === 'DELETE' ? null : plain(body)
  return {
    action: deed.action,
    dryRun: acting.dryRun,
    target: { kind: KIND_OF[resource], namespace, name, uid },
    object: writtenObject(done),
    write: { ...write, path: writePath(write) },
    kubectl: kubectlCommand(write),
    seen,
    warnings: [...verdict.warnings, ...warnings],
    notes: [...verdict.notes],
    ...(acting.dryRun ? { preview: { before: plain(basis), after } } : {}),
  }
}
