import { READY_USER_IDS, usernameOf, type ReadyUserId } from './fleet/ready-users.ts'
import type { Random } from './random.ts'

/** Who is known to the embedded API server from its start, as the founders of a real one are. */
export type Founder = 'admin' | 'scheduler' | 'weather' | 'expiry'
/** Who works in the cluster with a ServiceAccount of its own. */
export type Account = 'operator' | 'kubelet' | 'webhook' | 'metrics'
/** Who speaks to the API server, besides its user. */
export type Identity = Founder | Account

interface User {
  username: string
  groups: readonly string[]
}

const USERS: Record<Founder, User> = {
  admin: { username: 'demo-admin', groups: ['system:masters'] },
  scheduler: { username: 'system:kube-scheduler', groups: [] },
  weather: { username: 'demo-visitor', groups: ['system:masters'] },
  expiry: { username: 'system:event-expiry', groups: ['system:masters'] },
}

const FOUNDERS: readonly Founder[] = ['admin', 'scheduler', 'weather', 'expiry']

/** Whether an identity needs no ServiceAccount. */
export const isFounder = (identity: Identity): identity is Founder =>
  FOUNDERS.some((founder) => founder === identity)

export interface Founders {
  tokenOf(founder: Founder): string
  /** Of those whom a visitor of the demo can be. */
  tokenOfUser(id: ReadyUserId): string
  /** Bearer token to user, as the API server wants it. */
  table: Record<string, User>
}

/** A bearer token for each founder and ready-made user, drawn from the demo's chance: a demo has no secrets. */
export function demoFounders(random: Random): Founders {
  const draw = (name: string) => `demo-${name}-${random.hex(24)}`
  const tokens = new Map(FOUNDERS.map((founder) => [founder, draw(founder)]))
  const userTokens = new Map(READY_USER_IDS.map((id) => [id, draw(`user-${id}`)]))
  const tokenOf = (founder: Founder) => tokens.get(founder) ?? ''
  const tokenOfUser = (id: ReadyUserId) => userTokens.get(id) ?? ''
  return {
    tokenOf,
    tokenOfUser,
    table: Object.fromEntries([
      ...FOUNDERS.map((founder) => [tokenOf(founder), USERS[founder]]),
      ...READY_USER_IDS.map((id) => [tokenOfUser(id), { username: usernameOf(id), groups: [] }]),
    ]),
  }
}
