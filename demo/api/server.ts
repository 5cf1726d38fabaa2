import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Admission } from './admission.ts'
import { admitAll } from './admission.ts'
import type { TokenTable } from './authentication.ts'
import type { Authorizer } from './authorization.ts'
import { allowAll } from './authorization.ts'
import type { Cluster } from './cluster.ts'
import { restoreObject } from './create.ts'
import { collectGarbage } from './garbage.ts'
import { handleRequest } from './handle-request.ts'
import { finishNamespaces } from './namespace-lifecycle.ts'
import { CRD_ID, createRegistry } from './registry.ts'
import { errorAnswer, respond } from './respond.ts'
import { createStore } from './store.ts'
import { createWatchHub } from './watch-hub.ts'

export interface ApiServerOptions {
  /** Defaults to loopback. */
  host?: string
  /** 0 picks a free one. */
  port: number
  clock: Clock
  random: Random
  /** How many writes watchers can look back; 10,000 unless told. */
  historyLimit?: number
  tokens: TokenTable
  /** Restored as they are, in this order: CRDs before their objects. */
  objects?: readonly KubeObject[]
  admission?: Admission
  authorizer?: Authorizer
}

export interface ApiServer {
  url: string
  port: number
  /** The revision of the latest write. */
  revision(): number
  /** How many watches are open. */
  watches(): number
  /** Ends watches and connections, and resolves when the port is free. */
  close(): Promise<void>
}

const HISTORY_LIMIT = 10_000
const DEFAULT_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']
/** Revisions start where no earlier run of the cluster can have been: one per second since then. */
const EPOCH = Date.UTC(2020, 0, 1)

function createCluster(options: ApiServerOptions): Cluster {
  const startRevision = Math.max(1, Math.floor((options.clock.now() - EPOCH) / 1000))
  const store = createStore({ historyLimit: options.historyLimit ?? HISTORY_LIMIT, startRevision })
  const registry = createRegistry()
  store.onChange(({ type, stored }) => {
    if (stored.resource.id !== CRD_ID) return
    if (type === 'DELETED') registry.forget(stored.object)
    else registry.define(stored.object)
  })
  return {
    clock: options.clock,
    random: options.random.fork('api server'),
    store,
    registry,
    tokens: options.tokens,
    authorizer: options.authorizer ?? allowAll,
    admission: options.admission ?? admitAll,
    watches: createWatchHub(store),
  }
}

function restore(cluster: Cluster, objects: readonly KubeObject[]): void {
  const given = new Set(
    objects.flatMap((object) => (object.kind === 'Namespace' ? [object.metadata?.name] : [])),
  )
  for (const name of DEFAULT_NAMESPACES.filter((one) => !given.has(one))) {
    restoreObject(cluster, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    })
  }
  for (const object of objects) restoreObject(cluster, object)
}

async function answer(cluster: Cluster, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const found = await handleRequest(cluster, request, response)
    if (found) await respond(request, response, found)
  } catch (error) {
    if (response.headersSent || response.destroyed) response.destroy()
    else await respond(request, response, errorAnswer(error))
  }
}

/** Starts the embedded Kubernetes API server. Rejects when the port is taken or an object cannot be restored. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const cluster = createCluster(options)
  restore(cluster, options.objects ?? [])
  const stops = [collectGarbage(cluster), finishNamespaces(cluster)]
  const server = createServer({ keepAlive: true, keepAliveTimeout: 75_000 }, (request, response) => {
    void answer(cluster, request, response)
  })
  const host = options.host ?? '127.0.0.1'
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    revision: () => cluster.store.revision(),
    watches: () => cluster.watches.count(),
    async close() {
      for (const stop of stops) stop()
      cluster.watches.endAll()
      const closed = new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
      })
      server.closeAllConnections()
      await closed
    },
  }
}
