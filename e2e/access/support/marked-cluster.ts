import { startApiServer } from '../../../demo/api/server.ts'
import { connect, type Connection } from '../../../demo/client/connection.ts'
import { wallClock } from '../../../demo/clock.ts'
import { kubeconfigText } from '../../../demo/kubeconfig.ts'
import { seededRandom } from '../../../demo/random.ts'
import { COCOON_HIBERNATION_CRD, COCOON_SET_CRD } from '../../../lib/cocoon/custom-resource-definitions.ts'
import { loadClusterConfig } from '../../../lib/kube/cluster-config.ts'
import { createTransport } from '../../../lib/kube/transport.ts'
import type { Transport } from '../../../lib/kube/transport.ts'
import { startControlPlane } from '../../control-plane/start-control-plane.ts'
import { installCrds } from '../../control-plane/start-original.ts'
import { markedFleet } from './marked-fleet.ts'
import type { MarkedFleet } from './marked-fleet.ts'
import { createMarks } from './marks.ts'
import type { Mark } from './marks.ts'
import { makeWatchers } from './watchers.ts'
import type { Watcher } from './watchers.ts'

/** A cluster with nothing in it but the marked fleet and those who look at it: no controller changes anything. */
export interface MarkedCluster {
  fleet: MarkedFleet
  mark(): Mark
  watchers: readonly Watcher[]
  admin: Connection
  /** Of whoever bears a token; the caller closes it. */
  transportOf(who: Pick<Watcher, 'token' | 'headers'>): Transport
  /** YAML, of whoever bears a token. */
  kubeconfigOf(who: Pick<Watcher, 'token'>): string
  /** The token of a dashboard that may list and watch, and nothing else. */
  dashboardToken: string
  close(): Promise<void>
}

interface Started {
  server: string
  certificate?: string
  token: string
  close(): Promise<void>
}

async function startServer(objects: MarkedFleet['objects']): Promise<Started> {
  if (process.env.E2E_CLUSTER === 'original') return startControlPlane({ objects, prepare: installCrds })
  const token = 'marked-admin'
  const api = await startApiServer({
    port: 0,
    clock: wallClock(1),
    random: seededRandom(7),
    tokens: { [token]: { username: 'admin', groups: ['system:masters'] } },
    objects: [COCOON_SET_CRD, COCOON_HIBERNATION_CRD, ...objects],
  })
  return { server: api.url, token, close: () => api.close() }
}

export async function startMarkedCluster(namespaces: number): Promise<MarkedCluster> {
  const mark = createMarks()
  const fleet = markedFleet(namespaces, mark)
  const { server, certificate, token, close } = await startServer(fleet.objects)
  const trust = certificate === undefined ? {} : { certificate }
  const admin = connect({ server, ...trust, token, userAgent: 'test' })
  const { watchers, dashboard } = await makeWatchers(admin, token, fleet.namespaces)
  const kubeconfigOf = ({ token: bearer }: Pick<Watcher, 'token'>) =>
    kubeconfigText({ server, ...trust, token: bearer })
  return {
    kubeconfigOf,
    fleet,
    mark,
    watchers,
    admin,
    dashboardToken: dashboard,
    transportOf({ token: bearer, headers }) {
      const text = kubeconfigOf({ token: bearer })
      const transport = createTransport(loadClusterConfig({ kind: 'text', text }))
      return {
        ...transport,
        open: (request) => transport.open({ ...request, headers: { ...request.headers, ...headers } }),
      }
    },
    async close() {
      admin.close()
      await close()
    },
  }
}
