import { API_VERSION, KIND_COCOON_SET } from '../../cocoon/keys.ts'
import type { PatchOperation, PlannedWrite } from './planned-write.ts'

/** What a write to a set rests on: a row of the fleet has all of it. */
export interface SetBasis {
  namespace: string
  name: string
  uid: string
  generation: number
  replicas: number
  suspend: boolean
  nodeName: string
}

const REPLICAS = '/spec/agent/replicas'

/** The patch holds only for this very set, with the specification that was looked at. */
const unchanged = ({ uid, generation }: SetBasis): PatchOperation[] => [
  { op: 'test', path: '/metadata/uid', value: uid },
  { op: 'test', path: '/metadata/generation', value: generation },
]

function patchOf(set: SetBasis, ...operations: PatchOperation[]): PlannedWrite {
  const { namespace, name } = set
  const body = [...unchanged(set), ...operations]
  return { method: 'PATCH', resource: 'cocoonsets', namespace, name, body }
}

/** `replicas` is the number of sub-agents (contract 3.1). */
export const scaleWrite = (set: SetBasis, replicas: number): PlannedWrite =>
  patchOf(
    set,
    { op: 'test', path: REPLICAS, value: set.replicas },
    { op: 'replace', path: REPLICAS, value: replicas },
  )

/** `count` more sub-agents than there are now (contract 7). */
export const forkWrite = (set: SetBasis, count: number): PlannedWrite => scaleWrite(set, set.replicas + count)

/** `add` replaces what is there: an older set may not have the field. */
export const suspendWrite = (set: SetBasis, suspend: boolean): PlannedWrite =>
  patchOf(set, { op: 'add', path: '/spec/suspend', value: suspend })

/** Where the main agent is to run; '' lifts the pin, which there must be (contract 4.6). */
export const migrateWrite = (set: SetBasis, node: string): PlannedWrite =>
  patchOf(
    set,
    node === ''
      ? { op: 'remove', path: '/spec/nodeName' }
      : { op: 'add', path: '/spec/nodeName', value: node },
  )

/** What a person says of a set; the rest of its metadata belongs to the cluster. */
export interface SetDocument {
  namespace: string
  name: string
  labels?: Readonly<Record<string, string>> | undefined
  annotations?: Readonly<Record<string, string>> | undefined
  spec: Readonly<Record<string, unknown>>
}

const present = (metadata: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined))

/** Makes a set of a document, as it is: the cluster fills in its defaults (contract 3.1). */
export function createSetWrite({ namespace, name, labels, annotations, spec }: SetDocument): PlannedWrite {
  const metadata = present({ name, namespace, labels, annotations })
  const body = { apiVersion: API_VERSION, kind: KIND_COCOON_SET, metadata, spec }
  return { method: 'POST', resource: 'cocoonsets', namespace, name, body }
}

/** Of the metadata of the object that is there, what an update sends back unless the document says otherwise. */
export interface KeptMetadata {
  labels?: unknown
  annotations?: unknown
  finalizers?: unknown
  ownerReferences?: unknown
}

/**
 * The whole set anew, provided that nobody has written to it since `resourceVersion`. What the cluster keeps on it
 * (finalizers, owners) goes back as it is; labels and annotations that the document does not mention, too.
 */
export function replaceSetWrite(
  document: SetDocument,
  version: { uid: string; resourceVersion: string },
  kept: KeptMetadata,
): PlannedWrite {
  const { namespace, name, spec, labels = kept.labels, annotations = kept.annotations } = document
  const { finalizers, ownerReferences } = kept
  const metadata = present({
    name,
    namespace,
    ...version,
    labels,
    annotations,
    finalizers,
    ownerReferences,
  })
  const body = { apiVersion: API_VERSION, kind: KIND_COCOON_SET, metadata, spec }
  return { method: 'PUT', resource: 'cocoonsets', namespace, name, body }
}
