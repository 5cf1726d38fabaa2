import type { PlannedWrite } from './planned-write.ts'

/** Which object, and which version of it. */
export interface WrittenObject {
  kind: string
  namespace: string
  name: string
  uid: string
  resourceVersion: string
  /** Grows with every change of the specification: what reports it as observed has finished this request. */
  generation: number | null
}

/** What a control of the dashboard answers when it is done: one object was written, or would be. */
export interface ActionAnswer {
  action: string
  /** Nothing was written: this is what would be. */
  dryRun: boolean
  target: { kind: string; namespace: string; name: string; uid: string }
  /** The object after the write; of a deletion, the version that was deleted. */
  object: WrittenObject
  write: PlannedWrite & { path: string }
  /** The command with the same effect. */
  kubectl: string
  /** The dashboard's own watch has told this write; false when it had not within its time, or for a dry run. */
  seen: boolean
  /** What is lost or goes wrong by it, then what the cluster warned of. */
  warnings: string[]
  notes: string[]
  /** Dry runs only: the object as it is (null for a new one) and as it would be (null for one that goes). */
  preview?: { before: Record<string, unknown> | null; after: Record<string, unknown> | null }
}

/** Who changed what the request rested on. */
export interface ConflictingWrite {
  /** The name that the writer gives itself; '' when the cluster does not tell. */
  who: string
  /** ISO 8601; '' when the cluster does not tell. */
  when: string
  what: string
}

/** Every reason why a request of the API is not done; scripts may rely on them. */
export const PROBLEM_CODES = [
  'bad-request',
  'invalid',
  'too-large',
  'unsupported-media-type',
  'cross-site',
  'no-sign-in',
  'not-signed-in',
  'not-found',
  'recreated',
  'deleted',
  'not-possible',
  'conflict',
  'already-exists',
  'forbidden',
  'unauthorized',
  'admission-denied',
  'rate-limited',
  'unavailable',
  'outcome-unknown',
  'idempotency-key-reused',
  'console-target-refused',
  'too-many-consoles',
] as const

export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** RFC 9457: what went wrong, with which object, and what to do, for programs and for people. */
export interface Problem {
  status: number
  code: ProblemCode
  title: string
  detail: string
  /** Kubernetes' own reason, where the API server refused. */
  reason?: string
  /** The first field that is wrong, as `spec.agent.image`. */
  field?: string
  /** All that is wrong. */
  causes?: { field: string; message: string }[]
  conflict?: ConflictingWrite
  /** When to try again, in seconds. */
  retryAfter?: number
}

/** One line of `POST /api/bulk`, as it happens; `index` is the place in the list of targets. */
export type BulkLine =
  | { index: number; state: 'started' }
  | { index: number; state: 'done'; answer: ActionAnswer }
  | { index: number; state: 'refused'; problem: Problem }
  | { state: 'finished'; done: number; refused: number; left: number }
