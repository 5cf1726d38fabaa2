import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Admission } from './admission.ts'
import type { FrontProxy } from './aggregation-front-proxy.ts'
import type { Tokens } from './authentication.ts'
import type { Authorizer } from './authorization.ts'
import type { Certificate } from './certificate.ts'
import type { Impersonation } from './impersonation.ts'
import type { JsonRecord } from './json.ts'
import type { Registry } from './registry.ts'
import type { TokenSigner } from './service-account-tokens.ts'
import type { Store } from './store.ts'
import type { WatchHub } from './watch-hub.ts'

/** All that the handlers of one server share. */
export interface Cluster {
  clock: Clock
  random: Random
  store: Store
  registry: Registry
  tokens: Tokens
  signer: TokenSigner
  authorizer: Authorizer
  /** How each user impersonated somebody the last time. */
  ways: Impersonation['ways']
  admission: Admission
  watches: WatchHub
  /** What shows kubelets that this server calls. */
  kubeletClient: Certificate
  frontProxy: FrontProxy
  /** What the servers of APIServices said of themselves, by the APIService's name. */
  remotes: Map<string, JsonRecord>
}
