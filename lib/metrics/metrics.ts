import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import { CONSOLE_KINDS } from '../fleet/console/answer.ts'
import { WATCHED_RESOURCES, WATCH_STATES } from '../fleet/freshness.ts'
import type { Consoles } from '../console/consoles.ts'
import type { FleetService } from '../kube/fleet-service.ts'
import type { OpenStreams } from '../kube/open-streams.ts'
import type { ReflectorCounters } from '../kube/reflector-counters.ts'
import type { SentBytes } from '../kube/stream-response.ts'

export interface Metrics {
  /** Everything, as Prometheus reads it. */
  text(): Promise<string>
  contentType: string
  /** Notes one answer; `route` is a pattern, never a path: who asks must not be able to make names up. */
  answered(route: string, method: string, status: number): void
  /** Notes bytes that a stream handed to a client. */
  sent: SentBytes
}

/** What there is to measure. */
export interface Measured {
  service: FleetService
  consoles: Consoles
  streams: OpenStreams
}

type WatchCounter = [name: string, help: string, of: (counters: ReflectorCounters) => number]

/** Counters of the watches, each with the resource as its one label. */
const WATCH_COUNTERS: readonly WatchCounter[] = [
  ['events', 'Events of the watch that were taken in', ({ events }) => events],
  ['bookmarks', 'Bookmarks of the watch', ({ bookmarks }) => bookmarks],
  ['lists', 'Complete lists', ({ lists }) => lists],
  ['starts', 'Watch requests sent', ({ watches }) => watches],
  ['bad_frames', 'Frames that could not be read', ({ badFrames }) => badFrames],
  ['quarantined', 'Objects that could not be read', ({ quarantined }) => quarantined],
  ['silences', 'Connections given up because nothing was heard', ({ silences }) => silences],
  ['audits', 'Comparisons with a fresh list', ({ audits }) => audits],
  ['divergences', 'Objects that a comparison found to differ', ({ divergences }) => divergences],
]

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])

function watchMetrics(registry: Registry, { reflectors, freshness }: FleetService, now: () => number): void {
  for (const [name, help, of] of WATCH_COUNTERS) {
    registry.registerMetric(
      new Counter({
        name: `cocoon_watch_${name}_total`,
        help,
        labelNames: ['resource'],
        registers: [],
        collect() {
          this.reset()
          for (const resource of WATCHED_RESOURCES) this.inc({ resource }, of(reflectors[resource].counters))
        },
      }),
    )
  }
  registry.registerMetric(
    new Gauge({
      name: 'cocoon_watch_staleness_seconds',
      help: 'Seconds since the API server last proved what is shown of a resource; absent before the first proof',
      labelNames: ['resource'],
      registers: [],
      collect() {
        this.reset()
        const fresh = freshness()
        for (const resource of WATCHED_RESOURCES) {
          const { provenAt } = fresh[resource]
          if (provenAt > 0) this.set({ resource }, Math.max(0, now() - provenAt) / 1000)
        }
      },
    }),
  )
  registry.registerMetric(
    new Gauge({
      name: 'cocoon_watch_state',
      help: '1 for the state in which the watch of a resource is',
      labelNames: ['resource', 'state'],
      registers: [],
      collect() {
        const fresh = freshness()
        for (const resource of WATCHED_RESOURCES) {
          for (const state of WATCH_STATES)
            this.set({ resource, state }, Number(fresh[resource].state === state))
        }
      },
    }),
  )
}

function fleetMetrics(registry: Registry, { service, consoles, streams }: Measured): void {
  const { open, screens } = consoles
  const gauge = (name: string, help: string, value: () => number) =>
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(value())
        },
      }),
    )
  gauge('cocoon_streams_open', 'Streams of the fleet that are open', () => streams.count())
  gauge('cocoon_views', 'Distinct sights of the fleet that are kept', () => service.views())
  gauge('cocoon_screens_kept', 'Screens of which something is known', () => screens.counts().kept)
  registry.registerMetric(
    new Counter({
      name: 'cocoon_screen_pictures_total',
      help: 'Attempts to take a picture of a screen',
      labelNames: ['result'],
      registers: [],
      collect() {
        const { taken, failed } = screens.counts()
        this.reset()
        this.inc({ result: 'taken' }, taken)
        this.inc({ result: 'failed' }, failed)
      },
    }),
  )
  registry.registerMetric(
    new Gauge({
      name: 'cocoon_consoles_open',
      help: 'Consoles that are open',
      labelNames: ['kind'],
      registers: [],
      collect() {
        for (const kind of CONSOLE_KINDS) this.set({ kind }, open.count(kind))
      },
    }),
  )
}

/** All that is measured in this process. No label bears the name of an object or of a person. */
export function createMetrics(measured: Measured, now: () => number = Date.now): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  watchMetrics(registry, measured.service, now)
  fleetMetrics(registry, measured)
  const requests = new Counter({
    name: 'cocoon_http_requests_total',
    help: 'Requests that were answered',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const bytes = new Counter({
    name: 'cocoon_stream_bytes_total',
    help: 'Bytes that streams of the fleet handed to clients, compressed where they are',
    labelNames: ['event'],
    registers,
  })
  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    answered(route, method, status) {
      requests.inc({ route, method: METHODS.has(method) ? method : 'other', status: String(status) })
    },
    sent: (event, length) => bytes.inc({ event }, length),
  }
}
