import { proxyConnect } from './pod-proxy-connect.ts'
import { proxyLog } from './pod-proxy-log.ts'
import type { PodProxyRequest } from './pod-proxy-request.ts'
import type { Answer } from './answer.ts'
import type { ObjectRoute } from './route.ts'

type Handler = (proxy: PodProxyRequest) => Promise<Answer | undefined>

const HANDLERS: Readonly<Record<string, Handler>> = {
  attach: (proxy) => proxyConnect(proxy, 'attach'),
  exec: (proxy) => proxyConnect(proxy, 'exec'),
  log: proxyLog,
  portforward: (proxy) => proxyConnect(proxy, 'portforward'),
}

/** What answers a request that is not for this server but for a pod's kubelet; undefined for all others. */
export const podProxyOf = (route: ObjectRoute): Handler | undefined =>
  route.resource.id === 'pods' && Object.hasOwn(HANDLERS, route.subresource)
    ? HANDLERS[route.subresource]
    : undefined
