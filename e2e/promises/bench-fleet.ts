import { seededRandom, type Random } from '../../demo/random.ts'
import { fieldsOf } from '../../lib/fleet/reader.ts'
import { projectNode } from '../../lib/fleet/project-node.ts'
import { projectPod } from '../../lib/fleet/project-pod.ts'
import { projectSet } from '../../lib/fleet/project-set.ts'
import { WATCHED_RESOURCES } from '../../lib/fleet/freshness.ts'
import type { FleetDocument } from '../../lib/fleet/wire.ts'
import { loadClusterConfig } from '../../lib/kube/cluster-config.ts'
import { createFleetService, type FleetService } from '../../lib/kube/fleet-service.ts'
import { hurried, type ReflectorTiming } from '../../lib/kube/reflector-timing.ts'
import { createTransport, type Transport } from '../../lib/kube/transport.ts'
import { createLogger } from '../../lib/process/logger.ts'
import { startFaultyApi, type FaultyApi } from '../faulty-api/faulty-api.ts'
import { createFleetLife, type FleetLife } from '../faulty-api/fleet-life.ts'
import type { World } from '../faulty-api/world.ts'
import { SPEED } from './bench-reflector.ts'
import { SEED } from './figure.ts'
import { until } from './until.ts'

export interface FleetBench {
  api: FaultyApi
  life: FleetLife
  random: Random
  readonly service: FleetService
  /** Waits until every watch has heard of the last change of its resource. */
  caughtUp(): Promise<void>
  /** Ends the service and starts another on the same cluster. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** A whole fleet service on one faulty API server. */
export async function startFleetBench(options: {
  pods: number
  timing?: Partial<ReflectorTiming>
  speed?: number
}): Promise<FleetBench> {
  const { pods, speed = SPEED } = options
  const random = seededRandom(SEED)
  const life = createFleetLife(pods, random.fork('life'))
  const api = await startFaultyApi({ world: life.world, speed })
  const config = loadClusterConfig({ kind: 'text', text: api.kubeconfig })
  const start = (): [FleetService, Transport] => {
    const transport = createTransport(config)
    const service = createFleetService({
      transport,
      cluster: { kind: 'kube', name: 'faulty' },
      logger: createLogger('silent'),
      timing: { ...hurried(speed), ...options.timing },
      coalesceMs: 1,
    })
    return [service, transport]
  }
  let [service, transport] = start()
  const stop = async () => {
    await service.close()
    transport.close()
  }
  const bench: FleetBench = {
    api,
    life,
    random,
    get service() {
      return service
    },
    caughtUp: () =>
      until('the fleet to catch up', () =>
        WATCHED_RESOURCES.every((name) => {
          const last = life.world.history(name).at(-1)?.version ?? 0
          const { resourceVersion } = service.reflectors[name]
          return resourceVersion !== '' && Number(resourceVersion) >= last
        }),
      ),
    async restart() {
      await stop()
      ;[service, transport] = start()
      await bench.caughtUp()
    },
    async close() {
      await stop()
      await api.close()
    },
  }
  await bench.caughtUp()
  return bench
}

export interface FleetDifferences {
  missed: number
  phantom: number
  duplicate: number
}

/**
 * Compares what the service shows with the cluster's own objects: a row that is absent or says something
 * else is missed, one too many is a phantom, two of one name are a duplicate.
 */
export function fleetDifferences(shown: FleetDocument, world: World): FleetDifferences {
  const truth = new Map<string, string>()
  for (const { uid, object } of world.all('pods')) {
    const row = projectPod(object)
    const asked = world.get('cocoonhibernations', `${row?.namespace}/${row?.name}`)?.object
    const desire = fieldsOf(fieldsOf(asked).spec).desire ?? null
    if (row) truth.set(uid, JSON.stringify([row.columns.vmID, row.columns.image, row.columns.ip, desire]))
  }
  for (const { uid, object } of world.all('cocoonsets')) {
    const { image, suspend, phase, generation } = projectSet(object)
    truth.set(uid, JSON.stringify([image, suspend, phase, generation]))
  }
  for (const { uid, object } of world.all('nodes')) truth.set(uid, JSON.stringify(projectNode(object)?.cpu))
  const rows: [string, string, string][] = [
    ...shown.vms.map((vm): [string, string, string] => [
      vm.uid,
      `vm ${vm.namespace}/${vm.name}`,
      JSON.stringify([vm.vmID, vm.image, vm.ip, vm.hibernation?.desire ?? null]),
    ]),
    ...shown.sets.map((set): [string, string, string] => [
      set.uid,
      `set ${set.namespace}/${set.name}`,
      JSON.stringify([set.image, set.suspend, set.phase, set.generation]),
    ]),
    ...shown.nodes.map((node): [string, string, string] => [
      node.uid,
      `node ${node.name}`,
      JSON.stringify(node.cpu),
    ]),
  ]
  const said = new Map(rows.map(([uid, , says]) => [uid, says]))
  return {
    missed: [...truth].filter(([uid, says]) => said.get(uid) !== says).length,
    phantom: [...said.keys()].filter((uid) => !truth.has(uid)).length,
    duplicate: rows.length - new Set(rows.map(([, name]) => name)).size,
  }
}
