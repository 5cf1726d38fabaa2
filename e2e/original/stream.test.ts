import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Connection } from '../../demo/client/connection.ts'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { projectPod } from '../../lib/fleet/project-pod.ts'
import { projectSet } from '../../lib/fleet/project-set.ts'
import type { FleetDocument } from '../../lib/fleet/wire.ts'
import { loadClusterConfig } from '../../lib/kube/cluster-config.ts'
import { createFleetService, type FleetService } from '../../lib/kube/fleet-service.ts'
import { streamResponse } from '../../lib/kube/stream-response.ts'
import { createTransport, type Transport } from '../../lib/kube/transport.ts'
import { applyMessage } from '../../lib/live/apply-message.ts'
import { createLiveStore, type LiveStore } from '../../lib/live/live-store.ts'
import { createLogger } from '../../lib/process/logger.ts'
import { startOriginalCluster, type OriginalCluster } from '../control-plane/start-original.ts'
import { figure } from '../promises/figure.ts'
import { sseMessages } from '../promises/sse-messages.ts'
import { eventually } from './eventually.ts'

const COCOON = '/apis/cocoonset.cocoonstack.io/v1'
const SETS = `${COCOON}/namespaces/default/cocoonsets`
const HIBERNATIONS = `${COCOON}/namespaces/default/cocoonhibernations`
const MERGE = 'application/merge-patch+json'

let cluster: OriginalCluster
let admin: Connection
let transport: Transport
let service: FleetService

/** The dashboard's own account: what it may not list on a real cluster would be missing here. */
async function dashboardToken(): Promise<string> {
  const path = '/api/v1/namespaces/cocoon-dashboard/serviceaccounts/cocoon-dashboard/token'
  const answer = await admin.send('POST', path, { spec: {} })
  return (answer as { status: { token: string } }).status.token
}

beforeAll(async () => {
  cluster = await startOriginalCluster({
    port: 0,
    sets: 6,
    vms: 24,
    nodes: 3,
    seed: 7,
    speed: 20,
    weather: 'off',
  })
  admin = cluster.connect()
  const text = cluster.kubeconfig.replaceAll(cluster.token, await dashboardToken())
  transport = createTransport(loadClusterConfig({ kind: 'text', text }))
  service = createFleetService({
    transport,
    cluster: { kind: 'kube', name: 'original' },
    logger: createLogger('silent'),
    coalesceMs: 1,
  })
}, 900_000)
afterAll(async () => {
  await service.close()
  transport.close()
  admin.close()
  await cluster.close()
})

const listed = async (path: string) => ((await admin.send('GET', path)) as { items: KubeObject[] }).items

/** What a list says of the fleet at this moment: uid and version of every VM and set. */
async function truth(): Promise<string[]> {
  const pods = (await listed('/api/v1/pods')).flatMap((pod) => {
    const row = projectPod(pod)
    return row ? [`${row.uid} ${row.columns.vmID} ${row.columns.ip} ${row.columns.image}`] : []
  })
  const sets = (await listed(`${COCOON}/cocoonsets`)).map((object) => {
    const { uid, phase, generation, suspend } = projectSet(object)
    return `${uid} ${phase} ${generation} ${suspend}`
  })
  return [...pods, ...sets].sort()
}

const shownBy = ({ vms, sets }: Pick<FleetDocument, 'vms' | 'sets'>) =>
  [
    ...vms.map((vm) => `${vm.uid} ${vm.vmID} ${vm.ip} ${vm.image}`),
    ...sets.map((set) => `${set.uid} ${set.phase} ${set.generation} ${set.suspend}`),
  ].sort()

const phaseOf = async (path: string) => {
  const { status } = (await admin.send('GET', path)) as { status?: { phase?: string } }
  return status?.phase
}

/** A browser tab that hangs up after a few messages and resumes, until it is told to stop. */
async function readAndResume(store: LiveStore, stop: AbortSignal): Promise<number> {
  let connections = 0
  while (!stop.aborted) {
    const hangUp = new AbortController()
    const position = store.position()
    const headers = new Headers(position === null ? {} : { 'last-event-id': position })
    const signal = AbortSignal.any([hangUp.signal, stop])
    const request = new Request('http://dashboard/api/fleet/stream', { headers, signal })
    connections += 1
    let read = 0
    for await (const message of sseMessages(streamResponse(service.whole.stream, request))) {
      applyMessage(store, message)
      read += 1
      if (read >= 3) break
    }
    hangUp.abort()
  }
  return connections
}

it('streams the life of a set on the original to a tab that hangs up again and again', async () => {
  const started = performance.now()
  const store = createLiveStore()
  const stop = new AbortController()
  const reading = readAndResume(store, stop.signal)
  const agrees = (what: string) =>
    eventually(
      () => `the service shows ${what}`,
      async () => {
        const expected = await truth()
        return JSON.stringify(shownBy(service.whole.document())) === JSON.stringify(expected)
      },
    )

  await agrees('the restored fleet')
  const spec = { agent: { image: 'ubuntu:24.04', mode: 'run', replicas: 2 } }
  const apiVersion = 'cocoonset.cocoonstack.io/v1'
  await admin.send('POST', SETS, { apiVersion, kind: 'CocoonSet', metadata: { name: 'streamed' }, spec })
  await eventually(
    () => 'the set runs',
    async () => (await phaseOf(`${SETS}/streamed`)) === 'Running',
  )
  await agrees('the new set')
  await admin.send('PATCH', `${SETS}/streamed`, { spec: { agent: { replicas: 4 } } }, MERGE)
  await admin.send('POST', HIBERNATIONS, {
    apiVersion,
    kind: 'CocoonHibernation',
    metadata: { name: 'streamed-1' },
    spec: { podRef: { name: 'streamed-1' }, desire: 'Hibernate' },
  })
  await eventually(
    () => 'a fork sleeps',
    async () => (await phaseOf(`${HIBERNATIONS}/streamed-1`)) === 'Hibernated',
  )
  await agrees('a sleeping fork')
  await admin.send('PATCH', `${HIBERNATIONS}/streamed-1`, { spec: { desire: 'Wake' } }, MERGE)
  await eventually(
    () => 'it is awake',
    async () => (await phaseOf(`${HIBERNATIONS}/streamed-1`)) === 'Active',
  )
  await admin.send('DELETE', `${SETS}/streamed`)
  await agrees('the set is gone')

  const shown = () => {
    const index = store.index()
    return shownBy({ vms: [...index.vms.values()], sets: [...index.sets.values()] })
  }
  await eventually(
    () => 'the tab shows the same',
    async () => JSON.stringify(shown()) === JSON.stringify(await truth()),
  )
  stop.abort()
  const connections = await reading
  const audits = await Promise.all([service.reflectors.pods.audit(), service.reflectors.cocoonsets.audit()])
  figure('stream', started, `${connections} connections of one tab`, `${audits.flat().length} divergences`)
  expect(audits).toEqual([[], []])
})
