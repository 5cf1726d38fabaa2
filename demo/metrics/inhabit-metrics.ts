import { isNotFound } from '../client/api-error.ts'
import type { Connection } from '../client/connection.ts'
import type { Clock } from '../clock.ts'
import { metricsObjects } from './metrics-objects.ts'
import { startMetricsServer } from './metrics-server.ts'

export interface InhabitMetricsOptions {
  connectAs: (identity: 'admin' | 'metrics') => Connection
  clock: Clock
}

const COLLECTIONS: Readonly<Record<string, string>> = {
  Service: '/api/v1/namespaces/kube-system/services',
  APIService: '/apis/apiregistration.k8s.io/v1/apiservices',
}

/** As whoever installs a metrics server; what an earlier run registered is replaced. */
async function register(admin: Connection, port: number, caBundle: string): Promise<void> {
  for (const object of metricsObjects({ port, caBundle })) {
    const collection = COLLECTIONS[object.kind ?? ''] ?? ''
    const path = `${collection}/${object.metadata?.name ?? ''}`
    try {
      await admin.send('PATCH', path, { spec: object.spec }, 'application/merge-patch+json')
    } catch (error) {
      if (!isNotFound(error)) throw error
      await admin.send('POST', collection, object)
    }
  }
}

/** Starts a metrics server and makes the API server forward to it. Returns what stops it. */
export async function inhabitMetrics(options: InhabitMetricsOptions): Promise<() => Promise<void>> {
  const connection = options.connectAs('metrics')
  const admin = options.connectAs('admin')
  try {
    const server = await startMetricsServer({ connection, port: 0, clock: options.clock })
    await register(admin, server.port, server.certificate)
    return async () => {
      await server.close()
      connection.close()
    }
  } catch (error) {
    connection.close()
    throw error
  } finally {
    admin.close()
  }
}
