import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { askedStreams, portQuery, streamQuery } from './exec-query.ts'
import { isTranslated, refuseInside, upgradeErrorText } from './exec-refusal.ts'
import { bodyOf, callKubelet, redirectOf, type KubeletAnswer } from './pod-proxy-dial.ts'
import { dialText, plainError } from './pod-proxy-errors.ts'
import { containerOf, podOf, requireKubelet, type KubeletAddress } from './pod-proxy-location.ts'
import type { PodProxyRequest } from './pod-proxy-request.ts'
import { attributesOf } from './route.ts'
import { badRequest, forbidden } from './status.ts'
import type { Upgrade, UpgradeResponse } from './upgrade-response.ts'
import { rawHead, splice } from './upgrade-splice.ts'
import { tunnel, tunnelHeaders, tunnelledProtocols } from './upgrade-tunnel.ts'

type Connected = 'exec' | 'attach' | 'portforward'

/** What each is called at the kubelet, and the query that it takes there. */
const AT_KUBELET: Record<Connected, { path: string; query: (asked: URLSearchParams) => URLSearchParams }> = {
  exec: { path: 'exec', query: (asked) => streamQuery(asked, true) },
  attach: { path: 'attach', query: (asked) => streamQuery(asked, false) },
  portforward: { path: 'portForward', query: portQuery },
}

interface Location {
  kubelet: KubeletAddress
  path: string
  url: string
}

/** Where the request goes on to. Throws, in the original's order, what it refuses. */
function locate(proxy: PodProxyRequest, name: Connected): Location {
  const { cluster, route } = proxy
  if (route.query.has('dryRun')) throw badRequest('dryRun is not supported')
  const query = AT_KUBELET[name].query(route.query)
  requireCreate(proxy)
  const pod = podOf(cluster, route)
  const container = name === 'portforward' ? '' : `/${containerOf(pod, route.query.get('container') ?? '')}`
  const kubelet = requireKubelet(cluster, route, pod)
  const target = `/${AT_KUBELET[name].path}/${route.namespace}/${route.name}${container}`
  const path = query.size > 0 ? `${target}?${query}` : target
  return { kubelet, path, url: `https://${kubelet.host}:${kubelet.port}${path}` }
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

/** Asks the kubelet for as long as the client waits; rejects with the socket's error when there is no answer. */
async function ask(
  { cluster }: PodProxyRequest,
  { socket }: Upgrade,
  { kubelet, path }: Location,
  sent: { method: string; headers: OutgoingHttpHeaders },
): Promise<KubeletAnswer> {
  const gone = new AbortController()
  const leave = () => gone.abort()
  socket.once('close', leave)
  try {
    return await callKubelet({ ...sent, kubelet, path, client: cluster.kubeletClient, signal: gone.signal })
  } finally {
    socket.off('close', leave)
  }
}

/** Why a kubelet that was asked on behalf of a v5 client has not switched; undefined when it has. */
async function refusalOf(answer: KubeletAnswer, url: string): Promise<string | undefined> {
  if (answer.switched) return undefined
  const elsewhere = redirectOf(answer.response, url)
  if (elsewhere !== undefined) return `error sending request: Post "${elsewhere}": redirect not allowed`
  return `unable to upgrade connection: ${upgradeErrorText(await bodyOf(answer.response))}`
}

/**
 * exec, attach and portforward: finds the pod's kubelet, lets it switch protocols with the client and carries the bytes
 * between them. Throws the Status of what the original refuses.
 */
export async function proxyConnect(proxy: PodProxyRequest, name: Connected): Promise<undefined> {
  const { route, request, upgrade } = proxy
  const location = locate(proxy, name)
  if (!upgrade) throw badRequest('Upgrade request required')
  const translated = name !== 'portforward' && isTranslated(request)
  const protocols = name === 'portforward' ? tunnelledProtocols(request) : []
  const plain = forwarded(request)
  const headers = protocols.length > 0 ? tunnelHeaders(plain, protocols) : plain
  if (translated) headers['sec-websocket-protocol'] = 'v5.channel.k8s.io'
  const method = protocols.length > 0 ? 'POST' : (request.method ?? 'GET')

  const refuse = (why: string): undefined => {
    upgrade.takeOver()
    refuseInside(upgrade.upgrade, askedStreams(route.query), why)
  }
  let answer: KubeletAnswer
  try {
    answer = await ask(proxy, upgrade.upgrade, location, { method, headers })
  } catch (error) {
    const why = dialText(error, location.kubelet.host, location.kubelet.port)
    if (!translated) throw plainError(`error dialing backend: ${why}`)
    return refuse(`error sending request: Post "${location.url}": ${why}`)
  }
  const refusal = translated ? await refusalOf(answer, location.url) : undefined
  if (refusal !== undefined) return refuse(refusal)
  await join(proxy, upgrade, protocols.length > 0, answer)
  return undefined
}
