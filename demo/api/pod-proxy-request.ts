import type { IncomingMessage, ServerResponse } from 'node:http'
import type { User } from './authentication.ts'
import type { Cluster } from './cluster.ts'
import type { ObjectRoute } from './route.ts'
import type { UpgradeResponse } from './upgrade-response.ts'

/** A request that a pod's kubelet answers, authenticated and authorised. */
export interface PodProxyRequest {
  cluster: Cluster
  route: ObjectRoute
  user: User
  request: IncomingMessage
  response: ServerResponse
  /** Set when the client asks for another protocol. */
  upgrade: UpgradeResponse | undefined
}
