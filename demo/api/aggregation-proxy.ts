import type { IncomingMessage, ServerResponse } from 'node:http'
import { apiServices, isAvailable, isRemote } from './aggregation-services.ts'
import type { Outgoing } from './aggregation-target.ts'
import { ask, dialError, targetOf } from './aggregation-target.ts'
import type { User } from './authentication.ts'
import type { Cluster } from './cluster.ts'
import type { KubeJson } from './json.ts'
import type { Answer } from './answer.ts'

const PATH = /^\/apis\/([^/]+)\/([^/]+)(?:\/|$)/
/** Headers that belong to one connection, and those that only a front proxy may set. */
const DROPPED =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|authorization|impersonate-.*|x-remote-.*)$/

/** The APIService whose server answers for a path, when it is not this one. */
export function remoteService(cluster: Cluster, pathname: string): KubeJson | undefined {
  const [, group = '', version = ''] = PATH.exec(pathname) ?? []
  const name = `${version}.${group}`
  const found = group && apiServices(cluster).find(({ object }) => object.metadata.name === name)
  return found && isRemote(found.object) ? found.object : undefined
}

/** Who a request is from, as API servers behind this one are told. */
export function userHeaders(user: User): Outgoing['headers'] {
  const extra = Object.entries(user.extra ?? {}).map(([key, values]) => [
    `x-remote-extra-${encodeURIComponent(key.toLowerCase())}`,
    [...values],
  ])
  return {
    'x-remote-user': user.username,
    ...(user.uid && { 'x-remote-uid': user.uid }),
    'x-remote-group': [...user.groups],
    ...Object.fromEntries(extra),
  }
}

function forwarded(request: IncomingMessage, user: User): Outgoing['headers'] {
  const headers: Outgoing['headers'] = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !DROPPED.test(name)) headers[name] = value
  }
  return { ...headers, 'x-forwarded-for': request.socket.remoteAddress ?? '', ...userHeaders(user) }
}

const plainText = (body: string): Answer => ({
  code: 503,
  body: `${body}\n`,
  contentType: 'text/plain; charset=utf-8',
  headers: { 'x-content-type-options': 'nosniff' },
})

/**
 * Hands a request to the server of an APIService and its answer back, both as streams. Answers 503 itself when
 * that server is not available, in the original's plain text.
 */
export function proxyToService(
  cluster: Cluster,
  service: KubeJson,
  user: User,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | undefined> {
  const target = targetOf(cluster, service)
  if (!isAvailable(service) || typeof target === 'string') {
    return Promise.resolve(plainText('service unavailable'))
  }
  return new Promise((resolve) => {
    const outgoing = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: forwarded(request, user),
    }
    const upstream = ask(cluster, target, outgoing, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
      answer.on('error', () => response.destroy())
      resolve(undefined)
    })
    upstream.on('error', (error) => {
      if (response.headersSent) response.destroy()
      else resolve(plainText(`error trying to reach service: ${dialError(error, target)}`))
    })
    response.on('close', () => upstream.destroy())
    request.pipe(upstream)
  })
}
