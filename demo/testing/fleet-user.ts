import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { CocoonHibernation, CocoonSet, CocoonSetSpec } from '../../lib/cocoon/crd.ts'
import {
  API_VERSION,
  KIND_COCOON_HIBERNATION,
  KIND_COCOON_SET,
  LABEL_COCOON_SET,
} from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { connect, type Connection } from '../client/connection.ts'
import type { ObjectRef } from '../client/resources.ts'
import { VK_FEATURES, type VkGeneration } from '../kubelet/vk-generation.ts'
import { apiUser, type ApiUser } from './api-user.ts'
import { demoUser } from './demo-user.ts'

/** Somebody who runs fleets: the words of the lifecycle suites, in a namespace of their own. */
export interface FleetUser extends ApiUser {
  at(name: string): ObjectRef
  createSet(name: string, spec?: Omit<CocoonSetSpec, 'agent'>, agent?: CocoonSetSpec['agent']): Promise<void>
  edit(name: string, spec: CocoonSetSpec): Promise<void>
  untilPhase(name: string, phase: string): Promise<CocoonSet>
  untilReady(pod: string): Promise<Pod>
  /** The name of a node whose vk-cocoon is of this generation. */
  nodeOf(generation: VkGeneration): Promise<string>
  /** The pods of a set, by name. */
  podsOf(set: string): Promise<Pod[]>
  /** Creates the CocoonHibernation of a pod, or changes its mind. */
  desire(pod: string, wish: 'Hibernate' | 'Wake'): Promise<void>
  untilHibernation(pod: string, phase: string): Promise<CocoonHibernation>
  /** Waits until an event of this reason tells of the object; answers its message. */
  told(name: string, reason: string): Promise<string>
  close(): Promise<void>
}

interface Kubeconfig {
  clusters: { cluster: { server: string; 'certificate-authority-data': string } }[]
  users: { user: { token: string } }[]
}

/** Waiting costs nothing, and a machine may have more to do than these tests: only what never comes takes so long. */
const PATIENCE_MS = 60_000

/** A connection as the user of a kubeconfig file with a token. */
export function connectTo(path: string): Connection {
  const { clusters, users } = parse(readFileSync(path, 'utf8')) as Kubeconfig
  const cluster = clusters[0]?.cluster
  const certificate = Buffer.from(cluster?.['certificate-authority-data'] ?? '', 'base64').toString()
  return connect({
    server: cluster?.server ?? '',
    certificate,
    token: users[0]?.user.token ?? '',
    userAgent: 'test',
  })
}

async function newNamespace(connection: Connection): Promise<string> {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { generateName: 'life-' } }
  const created = (await connection.send('POST', '/api/v1/namespaces', body)) as Pod
  return created.metadata?.name ?? ''
}

/**
 * A user of the cluster that `E2E_KUBECONFIG` names, which may be a real one, or else of an embedded cluster of their
 * own. Its nodes must be of the newest generation unless the sets say where they run.
 */
export async function fleetUser(nodes = 2): Promise<FleetUser> {
  const path = process.env['E2E_KUBECONFIG'] ?? ''
  const own = path === '' ? await demoUser({ nodes }) : undefined
  const connection = own
    ? connect({ server: own.cluster.server, token: own.cluster.token, userAgent: 'test' })
    : connectTo(path)
  const user = apiUser(connection, PATIENCE_MS)
  const { client, until } = user
  const namespace = await newNamespace(connection)
  const at = (name: string): ObjectRef => ({ namespace, name })
  const named = (name: string) => `involvedObject.namespace=${namespace},involvedObject.name=${name}`
  return {
    ...user,
    at,
    async createSet(name, spec = {}, agent = {}) {
      const anywhere = spec.nodeName !== undefined || spec.nodePool !== undefined
      const newest = anywhere ? {} : { snapshotCompatibilityClass: VK_FEATURES.new.cpuClass }
      await client.create('cocoonsets', {
        apiVersion: API_VERSION,
        kind: KIND_COCOON_SET,
        metadata: at(name),
        spec: { ...newest, ...spec, agent: { image: 'ubuntu:24.04', ...agent } },
      })
    },
    async edit(name, spec) {
      await client.patch('cocoonsets', at(name), { spec })
    },
    untilPhase: (name, phase) => until('cocoonsets', at(name), (set) => set.status?.phase === phase),
    untilReady: (pod) => until('pods', at(pod), isPodReady),
    async nodeOf(generation) {
      const { version } = VK_FEATURES[generation]
      const { items } = await client.list('nodes')
      const node = items.find((each) => each.status?.nodeInfo?.['kubeletVersion'] === version)
      if (!node) throw new Error(`no node runs vk-cocoon ${version}`)
      return node.metadata?.name ?? ''
    },
    async podsOf(set) {
      const { items } = await client.list('pods', { labelSelector: `${LABEL_COCOON_SET}=${set}` })
      const mine = items.filter((pod) => pod.metadata?.namespace === namespace)
      return mine.toSorted((a, b) => ((a.metadata?.name ?? '') < (b.metadata?.name ?? '') ? -1 : 1))
    },
    async desire(pod, wish) {
      const spec = { podRef: { name: pod }, desire: wish }
      const { items } = await client.list('cocoonhibernations', { fieldSelector: `metadata.name=${pod}` })
      if (items.some((each) => each.metadata?.namespace === namespace)) {
        await client.patch('cocoonhibernations', at(pod), { spec })
        return
      }
      const metadata = at(pod)
      const kind = KIND_COCOON_HIBERNATION
      await client.create('cocoonhibernations', { apiVersion: API_VERSION, kind, metadata, spec })
    },
    untilHibernation: (pod, phase) =>
      until('cocoonhibernations', at(pod), (each) => each.status?.phase === phase),
    async told(name, reason) {
      const deadline = Date.now() + PATIENCE_MS
      for (;;) {
        const { items } = await client.list('events', { fieldSelector: named(name) })
        const event = items.find((each) => each.reason === reason)
        if (event) return event.message ?? ''
        const seen = items.map((each) => each.reason).join(', ')
        if (Date.now() > deadline) throw new Error(`no ${reason} about ${name}, only: ${seen}`)
        await new Promise((resolve) => void setTimeout(resolve, 15))
      }
    },
    async close() {
      if (own) {
        connection.close()
        await own.close()
        return
      }
      await connection.send('DELETE', `/api/v1/namespaces/${namespace}`)
      connection.close()
    },
  }
}
