import type { Caller } from '../kube/caller.ts'

/** Who somebody is, before anything is known of where they came from and what they may see. */
export type Somebody = Pick<Caller, 'name' | 'groups' | 'session' | 'means' | 'transport'>
