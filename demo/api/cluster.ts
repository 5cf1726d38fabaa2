import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Admission } from './admission.ts'
import type { TokenTable } from './authentication.ts'
import type { Authorizer } from './authorization.ts'
import type { Registry } from './registry.ts'
import type { Store } from './store.ts'
import type { WatchHub } from './watch-hub.ts'

/** All that the handlers of one server share. */
export interface Cluster {
  clock: Clock
  random: Random
  store: Store
  registry: Registry
  tokens: TokenTable
  authorizer: Authorizer
  admission: Admission
  watches: WatchHub
}
