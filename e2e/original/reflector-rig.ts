import { randomUUID } from 'node:crypto'
import type { Connection } from '../../demo/client/connection.ts'
import { connect } from '../../demo/client/connection.ts'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { loadClusterConfig } from '../../lib/kube/cluster-config.ts'
import { startReflector, type Reflector, type ReflectorTiming } from '../../lib/kube/reflector.ts'
import { hurried } from '../../lib/kube/reflector-timing.ts'
import { createTransport } from '../../lib/kube/transport.ts'
import type { ControlPlane } from '../control-plane/start-control-plane.ts'
import { eventually } from './eventually.ts'
import { createObservedSink, versionRow, type ObservedSink } from '../promises/observed-sink.ts'

/** ConfigMaps stand for all resources: hardly a controller of the control plane touches those. */
export const NAMESPACE = 'reflected'
export const COLLECTION = `/api/v1/namespaces/${NAMESPACE}/configmaps`

export interface ReflectorRig {
  reflector: Reflector
  sink: ObservedSink
  /** The administrator, who changes things behind the reflector's back. */
  admin: Connection
  said: string[]
  /** Waits until the reflector holds exactly what a list of the API server says, versions included. */
  agrees(): Promise<void>
  close(): Promise<void>
}

export interface RigOptions {
  /** Bearer token of whom the reflector acts as; the administrator unless told. */
  token?: string
  timing?: Partial<ReflectorTiming>
}

/** ConfigMaps as a backup holds them. */
export function backedUp(count: number, from = 0): KubeObject[] {
  return Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `restored-${from + index}`,
      namespace: NAMESPACE,
      uid: randomUUID(),
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    data: { text: 'x'.repeat(200) },
  }))
}

/** The namespace of the suites, as a backup holds it. */
export const namespaceObject = (): KubeObject & { status: object } => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: NAMESPACE, uid: randomUUID(), creationTimestamp: '2026-01-01T00:00:00Z' },
  status: { phase: 'Active' },
})

interface ListBody {
  metadata: { continue?: string }
  items: KubeObject[]
}

async function truth(admin: Connection): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  let next = ''
  do {
    const query = new URLSearchParams({ limit: '1000', ...(next ? { continue: next } : {}) })
    const page = (await admin.send('GET', `${COLLECTION}?${query}`)) as ListBody
    for (const { metadata } of page.items) found.set(metadata?.uid ?? '', metadata?.resourceVersion ?? '')
    next = page.metadata.continue ?? ''
  } while (next !== '')
  return found
}

function same(sink: ObservedSink, expected: Map<string, string>): boolean {
  if (sink.rows.size !== expected.size) return false
  return [...expected].every(([uid, version]) => sink.rows.get(uid)?.version === version)
}

/** Twice as fast as in earnest. Faster would be unfair: the original sends its bookmark 2 s before a watch ends. */
const TIMING = { ...hurried(2), shortLife: [6, 7], longLife: [40, 60] } as const

/** One reflector on the original. */
export function startRig(plane: ControlPlane, options: RigOptions = {}): ReflectorRig {
  const { server, certificate } = plane
  const admin = connect({ server, certificate, token: plane.token, userAgent: 'test' })
  const text = options.token ? plane.kubeconfig.replaceAll(plane.token, options.token) : plane.kubeconfig
  const transport = createTransport(loadClusterConfig({ kind: 'text', text }))
  const sink = createObservedSink()
  const said: string[] = []
  const hear = (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`)
  const reflector = startReflector({
    resource: { name: 'configmaps', path: COLLECTION },
    transport,
    project: versionRow,
    sink,
    logger: { info: hear, warn: hear, error: hear },
    timing: { ...TIMING, ...options.timing },
  })
  return {
    reflector,
    sink,
    admin,
    said,
    async agrees() {
      // Asked anew each time: controllers of the cluster change things, too.
      await eventually(
        () => `the reflector holds what is listed: ${said.join('; ')}`,
        async () => same(sink, await truth(admin)),
      )
    },
    async close() {
      await reflector.stop()
      transport.close()
      admin.close()
    },
  }
}
