import { pipeline } from 'node:stream/promises'
import { bodyOf, callKubelet, redirectOf } from './pod-proxy-dial.ts'
import { dialText, logRefusal, plainError } from './pod-proxy-errors.ts'
import { containerOf, kubeletOf, podOf } from './pod-proxy-location.ts'
import { logQuery } from './pod-proxy-log-options.ts'
import type { PodProxyRequest } from './pod-proxy-request.ts'
import type { Answer } from './answer.ts'

/**
 * Relays a pod's log from its kubelet as it comes. A pod without a node has none: 204. Throws the Status of what the
 * original refuses; redirects of a kubelet are never followed.
 */
export async function proxyLog(proxy: PodProxyRequest): Promise<Answer | undefined> {
  const { cluster, route, response } = proxy
  const query = logQuery(route.query, route.name)
  const pod = podOf(cluster, route)
  const container = containerOf(pod, route.query.get('container') ?? '')
  const kubelet = kubeletOf(cluster, route, pod)
  if (!kubelet) {
    response.writeHead(204, { 'cache-control': 'no-cache, private' }).end()
    return undefined
  }
  const search = query.size > 0 ? `?${query}` : ''
  const path = `/containerLogs/${route.namespace}/${route.name}/${container}${search}`
  const url = `https://${kubelet.host}:${kubelet.port}${path}`
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const call = {
    kubelet,
    client: cluster.kubeletClient,
    method: 'GET',
    path,
    headers: {},
    signal: gone.signal,
  }
  const answer = await callKubelet(call).catch((error: unknown) => {
    throw plainError(`Get "${url}": ${dialText(error, kubelet.host, kubelet.port)}`)
  })
  const code = answer.response.statusCode ?? 0
  const elsewhere = redirectOf(answer.response, url)
  if (elsewhere !== undefined) throw plainError(`Get "${elsewhere}": redirects forbidden`)
  if (code < 200 || code > 206) throw logRefusal(code, await bodyOf(answer.response), route.name)
  response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-cache, private' })
  response.flushHeaders()
  try {
    await pipeline(answer.response, response)
  } catch {
    // The status is out: a log that breaks off can only end the connection, which pipeline has done.
  }
  return undefined
}
