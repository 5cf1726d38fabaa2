import { DEFAULT_POD_CREATOR } from '../lib/cocoon/component-keys.ts'
import type { Random } from './random.ts'

/** Who speaks to the demo's API server, besides its user. */
export type Identity =
  | 'admin'
  | 'operator'
  | 'scheduler'
  | 'kubelet'
  | 'webhook'
  | 'metrics'
  | 'weather'
  | 'expiry'

interface User {
  username: string
  groups: readonly string[]
}

const USERS: Record<Identity, User> = {
  admin: { username: 'demo-admin', groups: ['system:masters'] },
  operator: { username: DEFAULT_POD_CREATOR, groups: ['system:serviceaccounts'] },
  scheduler: { username: 'system:kube-scheduler', groups: [] },
  kubelet: { username: 'system:serviceaccount:cocoon-system:vk-cocoon', groups: ['system:nodes'] },
  webhook: {
    username: 'system:serviceaccount:cocoon-system:cocoon-webhook',
    groups: ['system:serviceaccounts'],
  },
  metrics: {
    username: 'system:serviceaccount:kube-system:metrics-server',
    groups: ['system:serviceaccounts'],
  },
  weather: { username: 'demo-visitor', groups: ['system:masters'] },
  expiry: { username: 'system:serviceaccount:kube-system:event-expiry', groups: ['system:masters'] },
}

const IDENTITIES: readonly Identity[] = [
  'admin',
  'operator',
  'scheduler',
  'kubelet',
  'webhook',
  'metrics',
  'weather',
  'expiry',
]

export interface Identities {
  tokenOf(identity: Identity): string
  /** Bearer token to user, as the API server wants it. */
  table: Record<string, User>
}

/** A bearer token for everybody, drawn from the demo's chance: a demo has no secrets. */
export function demoIdentities(random: Random): Identities {
  const tokens = new Map(IDENTITIES.map((identity) => [identity, `demo-${identity}-${random.hex(24)}`]))
  const tokenOf = (identity: Identity) => tokens.get(identity) ?? ''
  return {
    tokenOf,
    table: Object.fromEntries(IDENTITIES.map((identity) => [tokenOf(identity), USERS[identity]])),
  }
}
