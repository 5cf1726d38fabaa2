import type { WrittenResource } from '../writes/planned-write.ts'

/** What an action needs to know beside its targets; the same for all of them. */
export type BulkArgument = 'count' | 'replicas' | 'node'

interface BulkRule {
  /** The kind of object that it is done to. */
  on: WrittenResource
  takes: BulkArgument | null
}

/** What can be done to many at once, by `POST /api/bulk`. */
export const BULK_ACTIONS = {
  hibernate: { on: 'pods', takes: null },
  wake: { on: 'pods', takes: null },
  fork: { on: 'pods', takes: 'count' },
  restart: { on: 'pods', takes: null },
  'delete-vm': { on: 'pods', takes: null },
  'remove-hibernation': { on: 'cocoonhibernations', takes: null },
  suspend: { on: 'cocoonsets', takes: null },
  resume: { on: 'cocoonsets', takes: null },
  'fork-set': { on: 'cocoonsets', takes: 'count' },
  'scale-set': { on: 'cocoonsets', takes: 'replicas' },
  'migrate-set': { on: 'cocoonsets', takes: 'node' },
  'delete-set': { on: 'cocoonsets', takes: null },
} as const satisfies Record<string, BulkRule>

export type BulkAction = keyof typeof BULK_ACTIONS

/** The value of what the action takes; an action that takes nothing looks at none of them. */
export interface BulkArguments {
  /** How many sub-agents more. */
  count: number
  /** How many sub-agents in all. */
  replicas: number
  /** Where main agents are to run; '' lifts the pin. */
  node: string
}

/** One object of a bulk request: this very one, not whoever has its name later. */
export interface BulkTarget {
  namespace: string
  name: string
  uid: string
  /** For scale and migrate: what the argument replaces, as it was when the person decided. */
  seen?: number | string
}

/** The most targets that one request may name; more go in several, one after the other. */
export const MOST_TARGETS = 1_000
