import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createSights } from '../../../lib/access/sight/sights.ts'
import type { SightsOptions } from '../../../lib/access/sight/sights.ts'
import { answerViewers } from '../../../lib/console/answer-viewers.ts'
import { createConsoles } from '../../../lib/console/consoles.ts'
import { answerScreen } from '../../../lib/console/screens/answer-screen.ts'
import { answerBulk } from '../../../lib/kube/api/bulk.ts'
import { answerFleet } from '../../../lib/kube/api/read-fleet.ts'
import { answerSet } from '../../../lib/kube/api/read-set.ts'
import type { Access, Caller } from '../../../lib/kube/caller.ts'
import { createFleetService } from '../../../lib/kube/fleet-service.ts'
import type { FleetService } from '../../../lib/kube/fleet-service.ts'
import { answerAudit } from '../../../lib/kube/trail/answer-audit.ts'
import { answerRights } from '../../../lib/kube/rights/answer-rights.ts'
import { Refused } from '../../../lib/kube/problem.ts'
import { serveStream } from '../../../lib/kube/serve-stream.ts'
import { callerStreams } from '../../../lib/kube/caller-streams.ts'
import type { SightReaderTimes } from '../../../lib/kube/sight-reader.ts'
import type { Transport } from '../../../lib/kube/transport.ts'
import { vmDetailResponse } from '../../../lib/kube/vm-detail.ts'
import { vmLogResponse } from '../../../lib/kube/vm-log.ts'
import { createLogger } from '../../../lib/process/logger.ts'
import { until } from '../../promises/until.ts'
import type { MarkedCluster } from './marked-cluster.ts'
import type { Watcher, WatcherKind } from './watchers.ts'

/** The header by which a test says who asks; a real dashboard has a session there. */
const WHO = 'x-test-watcher'

export interface Answered {
  status: number
  /** The body and the headers: whatever leaves. */
  text: string
  body: string
}

/** A dashboard of the marked cluster, in this process, to which every watcher is signed in. */
export interface MarkedDashboard {
  service: FleetService
  /** `http://127.0.0.1:…` of its stream. */
  url: string
  ask(
    watcher: Pick<Watcher, 'kind'> & { session?: string },
    route: DataRoute,
    place: Place,
    more?: Partial<Sent>,
  ): Promise<Answered>
  headersOf(watcher: Pick<Watcher, 'kind'> & { session?: string }): Record<string, string>
  endSession(session: string): void
  close(): Promise<void>
}

export interface Place {
  namespace: string
  name: string
}

interface Sent {
  query: string
  headers: Record<string, string>
  body: unknown
}

type Handler = (
  parts: { service: FleetService; consoles: ReturnType<typeof createConsoles> },
  request: Request,
  place: Place,
) => Promise<Response>

/** The routes that answer with data of the cluster, by the patterns of their rules. */
export const DATA_ROUTES = {
  'GET /api/fleet': ({ service }, request) => answerFleet(service, request),
  'GET /api/vms/[namespace]/[name]': ({ service }, request, place) =>
    vmDetailResponse(service, request, place),
  'GET /api/vms/[namespace]/[name]/logs': ({ service }, request, place) =>
    vmLogResponse(service, request, place),
  'GET /api/vms/[namespace]/[name]/screen': ({ consoles }, request, place) =>
    answerScreen(consoles, request, place),
  'GET /api/vms/[namespace]/[name]/viewers': ({ consoles }, request, place) =>
    answerViewers(consoles, request, place),
  'GET /api/sets/[namespace]/[name]': ({ service }, request, place) => answerSet(service, request, place),
  'GET /api/audit': ({ service }, request) => answerAudit(service, request),
  'GET /api/rights': ({ service }, request) => answerRights(service, request),
  'POST /api/bulk': ({ service }, request) => answerBulk(service, request),
} as const satisfies Record<string, Handler>

export type DataRoute = keyof typeof DATA_ROUTES

const notSignedIn = () =>
  new Refused({ status: 401, code: 'not-signed-in', title: 'Nobody is signed in', detail: 'Sign in first.' })

export async function startMarkedDashboard(
  cluster: MarkedCluster,
  options: {
    sights?: Partial<SightsOptions>
    times?: SightReaderTimes
    /** May spoil the way of watchers to the API server. */
    wrap?: (transport: Transport, kind: WatcherKind) => Transport
  } = {},
): Promise<MarkedDashboard> {
  const { wrap = (transport) => transport } = options
  const transport = cluster.transportOf({ token: cluster.dashboardToken, headers: {} })
  const transports = new Map(
    cluster.watchers.map((watcher) => [watcher.kind as string, cluster.transportOf(watcher)]),
  )
  const ends = new Map<string, Set<() => void>>()
  const ended = new Set<string>()
  const access: Access = {
    async callerOf(headers) {
      const [kind = '', session = ''] = (headers.get(WHO) ?? '').split('/')
      const own = transports.get(kind)
      if (own === undefined || ended.has(session)) throw notSignedIn()
      const asThem = wrap(own, kind as WatcherKind)
      const looker = { session, name: kind, groups: [], transport: asThem }
      const caller: Caller = {
        name: kind,
        groups: [],
        session,
        means: 'token',
        transport: asThem,
        sight: () => sights.of(looker),
        from: '',
        requestId: '',
      }
      return caller
    },
    onEnd(session, listener) {
      const listeners = ends.get(session) ?? new Set()
      ends.set(session, listeners.add(listener))
      return () => void listeners.delete(listener)
    },
  }
  const service = createFleetService({
    transport,
    access,
    cluster: { kind: 'kube', name: 'marked' },
    logger: createLogger('silent'),
    coalesceMs: 1,
  })
  const sights = createSights({ namespaces: service.namespaces, ...options.sights })
  const consoles = createConsoles({
    service,
    logger: createLogger('silent'),
    settings: {
      publicOrigins: [],
      allowances: [],
      limits: { perUser: 50, total: 500, idleMs: 0, longestMs: 0 },
      terminalShell: '',
      screenPassword: '',
    },
  })
  const source = callerStreams(service, options.times)
  const http = createServer((request, response) => void serveStream(source, request, response))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  await until('the watches', () => service.synced())
  const headersOf = ({ kind, session = kind }: { kind: string; session?: string }) => ({
    [WHO]: `${kind}/${session}`,
    host: 'localhost',
  })
  return {
    service,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    headersOf,
    async ask(watcher, route, place, { query = '', headers = {}, body } = {}) {
      const [method = 'GET', pattern = ''] = route.split(' ')
      const path = pattern.replace('[namespace]', place.namespace).replace('[name]', place.name)
      const request = new Request(`http://localhost${path}${query}`, {
        method,
        headers: {
          ...headersOf(watcher),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const response = await DATA_ROUTES[route]({ service, consoles }, request, place)
      const text = await response.text()
      return { status: response.status, body: text, text: `${JSON.stringify([...response.headers])}${text}` }
    },
    endSession(session) {
      ended.add(session)
      for (const listener of ends.get(session) ?? []) listener()
    },
    async close() {
      http.closeAllConnections()
      await new Promise((resolve) => void http.close(resolve))
      await consoles.close()
      await service.close()
      transport.close()
      for (const each of transports.values()) each.close()
    },
  }
}
