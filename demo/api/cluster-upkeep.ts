import { watchAvailability } from './aggregation-availability.ts'
import { keepLocalServices } from './aggregation-services.ts'
import type { Bootstrap } from './bootstrap-objects.ts'
import { makeBootstrapObjects } from './bootstrap-objects.ts'
import type { Cluster } from './cluster.ts'
import { aggregateRoles } from './role-aggregation.ts'
import { keepNamespaceObjects } from './default-objects.ts'

/**
 * Keeps the objects that a cluster has without anybody making them, and looks after the servers of APIServices.
 * Returns what stops it.
 */
export function keepCluster(cluster: Cluster, bootstrap: Bootstrap): () => void {
  makeBootstrapObjects(cluster, bootstrap)
  const stops = [
    keepNamespaceObjects(cluster, bootstrap.certificate),
    keepLocalServices(cluster),
    aggregateRoles(cluster),
    watchAvailability(cluster),
  ]
  return () => {
    for (const stop of stops) stop()
    cluster.frontProxy.agent.destroy()
  }
}
