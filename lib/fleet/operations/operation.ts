/** What is done to VMs and sets, by whoever asked for it: the kinds whose usual time is of use (design 3, History). */
export const OPERATION_KINDS = [
  'hibernate',
  'wake',
  'create',
  'fork',
  'restart',
  'migrate',
  'suspend',
  'resume',
  'delete',
] as const

export type OperationKind = (typeof OPERATION_KINDS)[number]

/**
 * - `running`: the cluster has not reported its end.
 * - `done`: the cluster reported that what was asked for is so.
 * - `failed`: the cluster said that it failed; `message` has its words.
 * - `dropped`: it did not come to its end, because something else was asked for or its object went.
 */
export const OPERATION_RESULTS = ['running', 'done', 'failed', 'dropped'] as const

export type OperationResult = (typeof OPERATION_RESULTS)[number]

/** One operation as the cluster's objects told of it. */
export interface Operation {
  uid: string
  kind: OperationKind
  /** Of what: a VM (its pod) or a set. */
  on: 'vm' | 'set'
  namespace: string
  name: string
  /** uid of the pod or the set. */
  of: string
  /** ISO 8601: when it began, as the cluster tells or else as the dashboard's server saw it. */
  began: string
  /** ISO 8601; null while it runs. */
  ended: string | null
  result: OperationResult
  /** Why it failed or was dropped; '' otherwise. */
  message: string
  /** How long it took, in ms; null while it runs and where not both of its ends were seen. */
  took: number | null
}

/** How long operations of one kind took in this fleet lately. */
export interface Usual {
  /** The kind. */
  uid: OperationKind
  /** Median, in ms. */
  median: number
  /** Of how many. */
  count: number
}
