import { startTestServer, TOKEN } from '../../demo/api/testing/test-server.ts'
import type { TestServer } from '../../demo/api/testing/test-server.ts'
import { wallClock } from '../../demo/clock.ts'
import { kubeconfigText } from '../../demo/kubeconfig.ts'
import { agentPod } from '../../lib/fleet/drift/pod-shape.ts'
import { NODE, readyPod, sleepingPod, webSet } from '../../demo/testing/objects.ts'
import type { CocoonSet, CocoonSetSpec } from '../../lib/cocoon/crd.ts'
import type { KubeObject, Pod } from '../../lib/cocoon/kube-json.ts'
import { aVmNode } from '../../lib/fleet/objects.fixture.ts'
import { loadClusterConfig } from '../../lib/kube/cluster-config.ts'
import { createFleetService } from '../../lib/kube/fleet-service.ts'
import type { FleetService } from '../../lib/kube/fleet-service.ts'
import { noSignIn } from '../../lib/kube/no-sign-in.ts'
import { createTransport } from '../../lib/kube/transport.ts'
import type { Transport } from '../../lib/kube/transport.ts'
import { createLogger } from '../../lib/process/logger.ts'
import type { Logger } from '../../lib/process/logger.ts'
import { dispatch } from './dispatch.ts'
import { until } from './until.ts'

const COCOON = '/apis/cocoonset.cocoonstack.io/v1/namespaces/team'

/** Where the API server has the objects of the bench's only namespace, `team`. */
export const API = {
  pods: '/api/v1/namespaces/team/pods',
  sets: `${COCOON}/cocoonsets`,
  hibernations: `${COCOON}/cocoonhibernations`,
}

/** A set with its main agent, ready or asleep, as the operator and the kubelet leave them. */
export function family(
  name: string,
  spec: CocoonSetSpec = {},
  main: 'ready' | 'asleep' = 'ready',
): { set: CocoonSet; pod: Pod } {
  const plain = webSet({ ...spec }, { phase: 'Running', observedGeneration: 1 })
  const metadata = { ...plain.metadata, name, uid: `set-${name}`, generation: 1, finalizers: [] }
  const set = { ...plain, metadata }
  const dress = main === 'ready' ? readyPod : sleepingPod
  return { set, pod: dress(agentPod(set, 0)) }
}

export interface Answered {
  status: number
  body: Record<string, unknown>
}

export interface Dashboard {
  service: FleetService
  /** Sends a request as a script would: without the headers of a browser. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>
  close(): Promise<void>
}

export interface ActionBench {
  /** The embedded API server alone: whatever a controller would do, the test does. */
  server: TestServer
  /** One more dashboard of the same cluster; `wrap` may spoil its way to the API server. */
  dashboard(wrap?: (transport: Transport) => Transport, logger?: Logger): Promise<Dashboard>
  close(): Promise<void>
}

async function openDashboard(
  server: TestServer,
  wrap: (transport: Transport) => Transport,
  logger: Logger,
): Promise<Dashboard> {
  const text = kubeconfigText({ server: server.url, token: TOKEN })
  const transport = createTransport(loadClusterConfig({ kind: 'text', text }))
  const watching = createFleetService({
    transport,
    cluster: { kind: 'kube', name: 'bench' },
    logger,
    coalesceMs: 1,
  })
  // Only what acts is spoilt: the watches see the truth.
  const acting = wrap(transport)
  const service = { ...watching, transport: acting, access: noSignIn(acting) }
  await until('the watches', () => service.synced())
  return {
    service,
    async call(method, path, body, headers = {}) {
      const response = await dispatch(
        service,
        new Request(`http://localhost${path}`, {
          method,
          headers: {
            host: 'localhost',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      )
      const answered = await response.text()
      const isJson = answered.startsWith('{') && !response.headers.get('content-type')?.includes('ndjson')
      return {
        status: response.status,
        body: isJson ? (JSON.parse(answered) as Record<string, unknown>) : { text: answered },
      }
    },
    async close() {
      await service.close()
      transport.close()
    },
  }
}

function nodeObject(name: string): KubeObject {
  const { metadata, ...node } = aVmNode(name)
  const { namespace: _, ...kept } = metadata as Record<string, unknown>
  return { apiVersion: 'v1', kind: 'Node', ...node, metadata: kept }
}

/** An API server with these objects, the nodes `node-a` and `node-b`, and dashboards as asked for. */
export async function startActionBench(objects: readonly KubeObject[]): Promise<ActionBench> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }
  const nodes = [NODE, 'node-b'].map(nodeObject)
  const server = await startTestServer({
    clock: wallClock(1),
    objects: [namespace, ...nodes, ...objects],
  })
  const dashboards: Dashboard[] = []
  return {
    server,
    async dashboard(wrap = (transport) => transport, logger = createLogger('silent')) {
      const opened = await openDashboard(server, wrap, logger)
      dashboards.push(opened)
      return opened
    },
    async close() {
      await Promise.all(dashboards.map((dashboard) => dashboard.close()))
      await server.close()
    },
  }
}
