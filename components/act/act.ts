import type { NewSetWish } from '../../lib/fleet/writes/new-set.ts'

/** What the page can ask of a VM, and of a set. */
export type VmAction =
  | 'hibernate'
  | 'wake'
  | 'fork'
  | 'fork-into-set'
  | 'fork-standalone'
  | 'restart'
  | 'delete-vm'
  | 'remove-hibernation'

export type SetAction = 'suspend' | 'resume' | 'fork' | 'scale' | 'migrate' | 'delete-set'

/** One control of the page, on one object. The uid is of the object that was looked at, whoever has its name later. */
export type Act =
  | { kind: 'vm'; action: VmAction; uid: string; namespace: string; name: string }
  | { kind: 'set'; action: SetAction; uid: string; namespace: string; name: string }

/** What a person chooses in the dialog, beside yes or no. */
export interface Wish {
  /** How many sub-agents more. */
  count: number
  /** How many sub-agents in all. */
  replicas: number
  node: string
  /** The set that is made from a snapshot. */
  intoSet: Required<NewSetWish>
  /** The name of a pod of no set. */
  pod: string
}

/** Which part of the wish an action has a field for. */
export type WishField = keyof Wish | null
