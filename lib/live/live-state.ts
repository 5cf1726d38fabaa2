import type { Freshness } from '../fleet/freshness.ts'
import type { Operation, Usual } from '../fleet/operations/operation.ts'
import type { Vm, VmNode, VmSet } from '../fleet/vm.ts'
import type { ClusterIdentity } from '../fleet/wire.ts'
import type { StreamRefusal } from './read-stream.ts'

/**
 * - `connecting`: nothing was received yet, or the server itself waits for the cluster's first answer.
 * - `live`: our server is there, and the cluster's API answered it recently.
 * - `stale`: our server is there, but the API is not fresh.
 * - `lost`: our server is not reachable.
 */
export type ConnectionState = 'connecting' | 'live' | 'stale' | 'lost'

export interface Connection {
  state: ConnectionState
  /** Epoch milliseconds, browser clock: when this state began. */
  since: number
  /** Epoch milliseconds, browser clock: the oldest proof among the watched resources; 0 for never. */
  provenAt: number
  /** What is wrong, as a sentence; '' while all is well. */
  message: string
  /** Why the server does not tell, where it says so: once nobody is signed in, nothing is shown. */
  refusal: StreamRefusal | null
  cluster: ClusterIdentity | null
  freshness: Freshness | null
}

/** The fleet at one revision. A new object comes with every revision; the maps stay the same. */
export interface FleetIndex {
  vms: ReadonlyMap<string, Vm>
  sets: ReadonlyMap<string, VmSet>
  nodes: ReadonlyMap<string, VmNode>
  operations: ReadonlyMap<string, Operation>
  /** By kind of operation. */
  usual: ReadonlyMap<string, Usual>
  /** Grows with every change that this index includes. */
  revision: number
  /** False until the first snapshot. */
  loaded: boolean
}

/** Before anything is known. */
export const UNCONNECTED: Connection = {
  state: 'connecting',
  since: 0,
  provenAt: 0,
  message: '',
  refusal: null,
  cluster: null,
  freshness: null,
}
