import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { portQuery, streamQuery } from './exec-query.ts'
import { isTranslated, refuseInside, upgradeErrorText } from './exec-refusal.ts'
import type { JsonRecord } from './json.ts'
import { bodyOf, callKubelet, type KubeletAnswer } from './pod-proxy-dial.ts'
import { dialText, plainError } from './pod-proxy-errors.ts'
import { containerOf, podOf, requireKubelet, type KubeletAddress } from './pod-proxy-location.ts'
import type { PodProxyRequest } from './pod-proxy-request.ts'
import { attributesOf } from './route.ts'
import { badRequest, forbidden } from './status.ts'
import type { UpgradeResponse } from './upgrade-response.ts'
import { rawHead, splice } from './upgrade-splice.ts'
import { tunnel, tunnelHeaders, tunnelledProtocols } from './upgrade-tunnel.ts'

type Connected = 'exec' | 'attach' | 'portforward'

interface Location {
  kubelet: KubeletAddress
  path: string
}

type Locate = (proxy: PodProxyRequest, pod: JsonRecord & ReturnType<typeof podOf>) => Location

const inContainer =
  (command: boolean): Locate =>
  ({ cluster, route }, pod) => {
    const container = containerOf(pod, route.query.get('container') ?? '')
    const kubelet = requireKubelet(cluster, pod)
    const name = command ? 'exec' : 'attach'
    const query = streamQuery(route.query, command)
    return { kubelet, path: `/${name}/${route.namespace}/${route.name}/${container}?${query}` }
  }

const LOCATE: Record<Connected, Locate> = {
  exec: inContainer(true),
  attach: inContainer(false),
  portforward({ cluster, route }, pod) {
    const kubelet = requireKubelet(cluster, pod)
    return { kubelet, path: `/portForward/${route.namespace}/${route.name}?${portQuery(route.query)}` }
  },
}

/**
 * Since 1.35, a WebSocket's GET, which is authorised as `get`, must be allowed to `create` as well: the rights to look at
 * a pod are not those to run commands in it. Throws 403.
 */
function requireCreate({ cluster, route, user }: PodProxyRequest): void {
  if (route.verb === 'create') return
  const { allowed, reason = '' } = cluster.authorizer.decide(user, { ...attributesOf(route), verb: 'create' })
  if (!allowed) throw forbidden(route.resource, route.name, reason)
}

/** What the kubelet is to see of the request: who asked, and with which token, is between client and API server. */
function forwarded(request: IncomingMessage): OutgoingHttpHeaders {
  const kept = Object.entries(request.headers).filter(
    ([name]) => name !== 'authorization' && !name.startsWith('impersonate-'),
  )
  const before = request.headers['x-forwarded-for']
  const address = request.socket.remoteAddress ?? ''
  const path = [...(before === undefined ? [] : [before].flat()), address].join(', ')
  return { ...Object.fromEntries(kept), 'x-forwarded-for': path }
}

/** Relays an answer that is no upgrade, and ends the connection. */
async function relay({ response }: PodProxyRequest, { response: answer }: KubeletAnswer): Promise<void> {
  const { connection: _, 'transfer-encoding': __, ...headers } = answer.headers
  response.writeHead(answer.statusCode ?? 500, headers)
  await pipeline(answer, response)
}

async function join(
  proxy: PodProxyRequest,
  upgrade: UpgradeResponse,
  tunnelled: boolean,
  answer: KubeletAnswer,
) {
  const code = answer.response.statusCode ?? 0
  if (!answer.switched) {
    if (code < 400) throw plainError(`invalid upgrade response: status code ${code}`)
    return relay(proxy, answer)
  }
  const { response, socket, head } = answer
  const client = upgrade.takeOver()
  if (tunnelled) {
    const protocol = String(response.headers['x-stream-protocol-version'] ?? '')
    return tunnel(upgrade.upgrade, protocol, { socket, head })
  }
  client.write(rawHead(response))
  return splice({ socket: client, head: upgrade.upgrade.head }, { socket, head })
}

/**
 * exec, attach and portforward: finds the pod's kubelet, lets it switch protocols with the client and carries the bytes
 * between them. Throws the Status of what the original refuses.
 */
export async function proxyConnect(proxy: PodProxyRequest, name: Connected): Promise<undefined> {
  const { cluster, route, request, upgrade } = proxy
  if (route.query.has('dryRun')) throw badRequest('dryRun is not supported')
  requireCreate(proxy)
  const { kubelet, path } = LOCATE[name](proxy, podOf(cluster, route))
  if (!upgrade) throw badRequest('Upgrade request required')

  const translated = name !== 'portforward' && isTranslated(request)
  const protocols = name === 'portforward' ? tunnelledProtocols(request) : []
  const plain = forwarded(request)
  const headers = protocols.length > 0 ? tunnelHeaders(plain, protocols) : plain
  if (translated) headers['sec-websocket-protocol'] = 'v5.channel.k8s.io'
  const method = protocols.length > 0 ? 'POST' : (request.method ?? 'GET')

  const gone = new AbortController()
  const leave = () => gone.abort()
  upgrade.upgrade.socket.once('close', leave)
  let answer: KubeletAnswer
  try {
    const client = cluster.kubeletClient
    answer = await callKubelet({ kubelet, client, method, path, headers, signal: gone.signal })
  } catch (error) {
    const why = dialText(error, kubelet.host, kubelet.port)
    if (!translated) throw plainError(`error dialing backend: ${why}`)
    upgrade.takeOver()
    const url = `https://${kubelet.host}:${kubelet.port}${path}`
    refuseInside(upgrade.upgrade, `error sending request: Post "${url}": ${why}`)
    return undefined
  } finally {
    upgrade.upgrade.socket.off('close', leave)
  }
  if (translated && !answer.switched) {
    const text = upgradeErrorText(await bodyOf(answer.response))
    upgrade.takeOver()
    refuseInside(upgrade.upgrade, `unable to upgrade connection: ${text}`)
    return undefined
  }
  await join(proxy, upgrade, protocols.length > 0, answer)
  return undefined
}
