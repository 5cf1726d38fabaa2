import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WATCHED_RESOURCES, type WatchedResource } from '../../lib/fleet/freshness.ts'
import { watchedResource } from '../../lib/kube/resource.ts'
import { createFaultPlan, type Fault, type FaultPlan, type RequestKind, type SeenRequest } from './faults.ts'
import { createListAnswers } from './list-answer.ts'
import { cutSocket, type OpenWatch } from './open-watch.ts'
import { serveWatch, type WatchManners } from './serve-watch.ts'
import { createView, type View } from './view.ts'
import type { World } from './world.ts'

export interface FaultyApi {
  readonly url: string
  /** A kubeconfig for it, as text. */
  readonly kubeconfig: string
  readonly faults: FaultPlan
  readonly manners: WatchManners
  /** The API servers behind the one address; more than one when asked for. */
  readonly views: readonly View[]
  /** Which of the views answers the next requests. */
  route: number
  /** Called with every watch before its first line, streamed lists included. */
  onOpen: (watch: OpenWatch) => void
  /** Requests by kind since the start, or since `forget`. */
  requests(kind?: RequestKind, resource?: WatchedResource): number
  forgetRequests(): void
  /** The last request of this kind. */
  last(kind: RequestKind, resource?: WatchedResource): SeenRequest | undefined
  openWatches(resource?: WatchedResource): OpenWatch[]
  readonly connections: number
  expireTokens(): void
  close(): Promise<void>
}

export interface FaultyApiOptions {
  world: World
  /** How much faster than the wall its clock runs. */
  speed?: number
  servers?: number
}

/** An API server for list and watch that fails on demand, over real sockets. */
export async function startFaultyApi(options: FaultyApiOptions): Promise<FaultyApi> {
  const { world, speed = 1, servers = 1 } = options
  const views = Array.from({ length: servers }, () => createView(world))
  const truth = createView(world)
  const faults = createFaultPlan()
  const manners: WatchManners = { streaming: 'serve', expiry: 'status', bookmarks: true, replay: 0 }
  const lists = createListAnswers()
  const watches = new Set<OpenWatch>()
  const sockets = new Set<Socket>()
  let seen: SeenRequest[] = []

  const handle = (incoming: IncomingMessage, response: ServerResponse) => {
    const request = readRequest(incoming)
    if (!request) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"kind":"Status","code":404}')
      return
    }
    seen.push(request)
    const view = views[api.route] ?? truth
    const fault = faults.take(request)
    if (fault) {
      suffer(fault, response, () => lists.answer(request, view, truth))
      return
    }
    if (request.kind === 'watch' || request.kind === 'stream') {
      serveWatch(request, response, {
        world,
        view,
        truth,
        manners,
        speed,
        opened(watch) {
          watches.add(watch)
          api.onOpen(watch)
          response.on('close', () => watches.delete(watch))
        },
      })
      return
    }
    const { status, body } = lists.answer(request, view, truth)
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  }
  const server = createServer({ keepAliveTimeout: 60_000 }, handle)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Resets are what this server is for; without a listener one would end the process.
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const selected = (kind?: RequestKind, resource?: WatchedResource) =>
    seen.filter((r) => (!kind || r.kind === kind) && (!resource || r.resource === resource))
  const api: FaultyApi = {
    url,
    faults,
    manners,
    views,
    route: 0,
    onOpen: () => undefined,
    kubeconfig: kubeconfigFor(url),
    requests: (kind?: RequestKind, resource?: WatchedResource) => selected(kind, resource).length,
    forgetRequests() {
      seen = []
    },
    last: (kind: RequestKind, resource?: WatchedResource) => selected(kind, resource).at(-1),
    openWatches: (resource?: WatchedResource) =>
      [...watches].filter((watch) => watch.open && (!resource || watch.resource === resource)),
    get connections() {
      return sockets.size
    },
    expireTokens: lists.expireTokens,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  return api
}

function readRequest(incoming: IncomingMessage): SeenRequest | undefined {
  const { pathname, searchParams: query } = new URL(incoming.url ?? '/', 'http://localhost')
  const resource = WATCHED_RESOURCES.find((name) => watchedResource(name).path === pathname)
  if (!resource) return undefined
  const watching = query.get('watch') === 'true'
  const asksForList = query.get('sendInitialEvents') === 'true'
  const kind = watching ? (asksForList ? 'stream' : 'watch') : query.has('continue') ? 'page' : 'list'
  return { kind, resource, query, headers: incoming.headers }
}

function suffer(fault: Fault, response: ServerResponse, honest: () => { body: string }): void {
  switch (fault.kind) {
    case 'answer':
      response
        .writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
        .end(fault.body ?? '')
      return
    case 'hang':
      return
    case 'cut':
      cutSocket(response, fault.how)
      return
    case 'break-off': {
      response.writeHead(200, { 'content-type': 'application/json' })
      const part = Buffer.from(honest().body).subarray(0, fault.bytes)
      response.write(part, () => cutSocket(response, fault.how))
      return
    }
    case 'drip': {
      response.writeHead(200, { 'content-type': 'application/json' })
      drip(response, Buffer.from(honest().body), fault.bytes)
    }
  }
}

function drip(response: ServerResponse, body: Buffer, bytes: number): void {
  if (response.destroyed) return
  if (body.length === 0) {
    response.end()
    return
  }
  response.write(body.subarray(0, bytes))
  setImmediate(() => drip(response, body.subarray(bytes), bytes))
}

function kubeconfigFor(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'faulty',
    clusters: [{ name: 'faulty', cluster: { server } }],
    users: [{ name: 'faulty', user: { token: 'a-token-that-nobody-may-see-0123456789' } }],
    contexts: [{ name: 'faulty', context: { cluster: 'faulty', user: 'faulty' } }],
  })
}
