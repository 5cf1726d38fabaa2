import { ANNOTATION_DEAD_LETTER, ANNOTATION_POST_CLONE_HINT } from '../cocoon/component-keys.ts'
import { connectionType } from '../cocoon/connection-type.ts'
import * as keys from '../cocoon/keys.ts'
import { podNodePool } from '../cocoon/node-pool.ts'
import { extractAgentSlot } from '../cocoon/slot.ts'
import type { PodFacts } from './phase-of.ts'
import { readConditions } from './project-conditions.ts'
import { projectResources } from './project-resources.ts'
import { createReader, fieldsOf, itemsOf } from './reader.ts'
import type { Reader } from './reader.ts'
import { remembered } from './remembered.ts'
import { VM_ROLES } from './vm.ts'
import type { Vm, VmRole } from './vm.ts'

/** What a pod says of its VM's life besides its columns and times: few combinations, shared by many pods. */
export type PodWords = Omit<PodFacts, keyof Vm | 'readySince' | 'scheduledSince'>

/** A pod projected to what the dashboard keeps of it: the row's own columns, and what its phase needs. */
export interface PodRow {
  uid: string
  namespace: string
  name: string
  /**
   * Shaped like the VM's row, with nothing yet in what others tell (phase, its time, message, hibernation). Once
   * that row is published it stands here itself, so that a VM is held once.
   */
  columns: Vm
  words: Readonly<PodWords>
  readySince: string | null
  scheduledSince: string | null
}

const MESSAGE_LIMIT = 4_096
const HINT_LIMIT = 16_384
/** Most pods have none; they share this one list, which nobody adds to. */
const NO_PROBLEMS: string[] = []

function isVmPod(pod: Record<string, unknown>): boolean {
  const labels = fieldsOf(fieldsOf(pod.metadata).labels)
  if (typeof labels[keys.LABEL_COCOON_SET] === 'string') return true
  return itemsOf(fieldsOf(pod.spec).tolerations).some((toleration) => toleration.key === keys.TOLERATION_KEY)
}

function owningSet(metadata: Record<string, unknown>, read: Reader): string | null {
  const owner = itemsOf(metadata.ownerReferences).find((ref) => ref.kind === keys.KIND_COCOON_SET)
  const name =
    read.word('owner name', owner?.name) ||
    read.word('set label', fieldsOf(metadata.labels)[keys.LABEL_COCOON_SET])
  return name === '' ? null : name
}

function roleOf(label: string, slot: number, set: string | null): VmRole | null {
  const named = VM_ROLES.find((role) => role === label)
  if (named !== undefined) return named
  if (set === null) return null
  return slot < 0 ? 'toolbox' : slot === 0 ? 'main' : 'sub-agent'
}

function decodeHint(encoded: string, read: Reader): string {
  if (encoded === '') return ''
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(encoded), (letter) => letter.codePointAt(0) ?? 0))
  } catch {
    read.problem('the post-clone hint is not base64 and cannot be shown')
    return ''
  }
}

/** IPv4, or what has the colons and the characters of IPv6 (contract 11.21). */
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|(?=[^:]*:)[0-9a-fA-F:.]{2,45})$/

/** The address of the pod, else the annotated one (contract 11.14); what is no address is not shown as one. */
function addressOf(podIP: string, annotated: string, read: Reader): string {
  const address = podIP || annotated
  if (address === '' || ADDRESS.test(address)) return address
  read.problem(`${podIP === '' ? keys.ANNOTATION_IP : 'status.podIP'} is not an IP address`)
  return ''
}

/** Longer ones carry messages of their own, and are not likely to be said twice. */
const SHARED_LENGTH = 512
const sharedWords = remembered(1_024, (json) => JSON.parse(json) as PodWords)

function shared(words: PodWords): PodWords {
  const json = JSON.stringify(words)
  return json.length > SHARED_LENGTH ? words : sharedWords(json)
}

function readLife(
  pod: Record<string, unknown>,
  annotation: (key: string, limit?: number) => string,
  read: Reader,
): Pick<PodRow, 'words' | 'readySince' | 'scheduledSince'> {
  const status = fieldsOf(pod.status)
  const conditions = readConditions(status.conditions, read)
  const ready = conditions.get('Ready')
  const scheduled = conditions.get('PodScheduled')
  return {
    words: shared({
      restoring: annotation(keys.ANNOTATION_RESTORE_FROM_HIBERNATE) === 'true',
      podPhase: read.text('status.phase', status.phase),
      podReason: read.text('status.reason', status.reason),
      podMessage: read.text('status.message', status.message, MESSAGE_LIMIT),
      ready: ready?.status ?? '',
      readyMessage: ready?.message ?? '',
      scheduled: scheduled?.status ?? '',
      scheduledMessage: scheduled?.status === 'False' ? scheduled.message : '',
      lifecycleState: annotation(keys.ANNOTATION_LIFECYCLE_STATE),
      lifecycleMessage: annotation(keys.ANNOTATION_LIFECYCLE_STATE_MESSAGE, MESSAGE_LIMIT),
    }),
    readySince: ready?.since ?? null,
    scheduledSince: scheduled?.since ?? null,
  }
}

/** What the phase is judged by (contract 6.2). */
export function podFactsOf({ columns, words, readySince, scheduledSince }: PodRow): PodFacts {
  return {
    ...words,
    readySince,
    scheduledSince,
    deletedAt: columns.deletedAt,
    createdAt: columns.createdAt,
    managed: columns.managed,
    role: columns.role,
    vmID: columns.vmID,
    node: columns.node,
    hibernateRequested: columns.hibernateRequested,
    generation: columns.generation,
    observedGeneration: columns.observedGeneration,
  }
}

/** When deletion was asked for: the timestamp in the object is the end of the grace period. */
function deletedAt(metadata: Record<string, unknown>, read: Reader): string | null {
  const ends = read.time('metadata.deletionTimestamp', metadata.deletionTimestamp)
  if (ends === null) return null
  const grace = read.whole('grace period', metadata.deletionGracePeriodSeconds, 0, 86_400)
  return new Date(Date.parse(ends) - grace * 1000).toISOString()
}

/**
 * Projects a pod (contract 1.2 to 1.4, 6.2) to its row; null for a pod that is no Cocoon VM. Never throws for
 * malformed fields: they become zero values and `problems`.
 */
export function projectPod(pod: unknown): PodRow | null {
  const object = fieldsOf(pod)
  if (!isVmPod(object)) return null
  const read = createReader()
  const metadata = fieldsOf(object.metadata)
  const spec = fieldsOf(object.spec)
  const annotations = fieldsOf(metadata.annotations)
  const annotation = (key: string, limit?: number) => read.text(key, annotations[key], limit)
  const word = (key: string) => read.word(key, annotations[key])
  const generationOf = (key: string) => read.whole(key, annotations[key], 0, Number.MAX_SAFE_INTEGER)

  const uid = read.text('metadata.uid', metadata.uid)
  const namespace = read.word('metadata.namespace', metadata.namespace)
  const name = read.text('metadata.name', metadata.name)
  const set = owningSet(metadata, read)
  const vmName = annotation(keys.ANNOTATION_VM_NAME)
  const agentSlot = set === null ? -1 : extractAgentSlot(namespace, set, vmName)
  const role = roleOf(read.text('role label', fieldsOf(metadata.labels)[keys.LABEL_ROLE]), agentSlot, set)
  const os = word(keys.ANNOTATION_OS)
  const vncPort = read.whole(keys.ANNOTATION_VNC_PORT, annotations[keys.ANNOTATION_VNC_PORT], 0, 65_535)
  const resources = projectResources(spec, word(keys.ANNOTATION_STORAGE), read)
  const columns: Vm = {
    uid,
    namespace,
    name,
    set,
    role,
    slot: agentSlot < 0 || role === 'toolbox' ? null : agentSlot,
    phase: 'unknown',
    phaseSince: null,
    message: '',
    vmName,
    vmID: annotation(keys.ANNOTATION_VM_ID),
    os,
    backend: word(keys.ANNOTATION_BACKEND),
    mode: word(keys.ANNOTATION_MODE),
    node: read.word('spec.nodeName', spec.nodeName),
    pool: read.word('node pool', podNodePool(object)),
    ip: addressOf(
      read.text('status.podIP', fieldsOf(object.status).podIP),
      annotation(keys.ANNOTATION_IP),
      read,
    ),
    vncPort,
    connType: connectionType(os, vncPort > 0, word(keys.ANNOTATION_CONN_TYPE)),
    image: word(keys.ANNOTATION_IMAGE),
    forkedFrom: word(keys.ANNOTATION_FORK_FROM),
    managed: annotation(keys.ANNOTATION_MANAGED) === 'true',
    hibernateRequested: annotation(keys.ANNOTATION_HIBERNATE) === 'true',
    hibernation: null,
    deadLetter: annotation(ANNOTATION_DEAD_LETTER) === 'true',
    postCloneHint: decodeHint(annotation(ANNOTATION_POST_CLONE_HINT, HINT_LIMIT), read),
    cpu: resources.cpu,
    memory: resources.memory,
    storage: resources.storage,
    snapshotPolicy: word(keys.ANNOTATION_SNAPSHOT_POLICY),
    network: word(keys.ANNOTATION_NETWORK),
    generation: generationOf(keys.ANNOTATION_COCOON_SET_GENERATION),
    observedGeneration: generationOf(keys.ANNOTATION_LIFECYCLE_OBSERVED_GENERATION),
    createdAt: read.time('metadata.creationTimestamp', metadata.creationTimestamp) ?? '',
    deletedAt: deletedAt(metadata, read),
    problems: read.problems,
  }
  const { words, readySince, scheduledSince } = readLife(object, annotation, read)
  if (read.problems.length === 0) columns.problems = NO_PROBLEMS
  return { uid, namespace, name, columns, words, readySince, scheduledSince }
}
