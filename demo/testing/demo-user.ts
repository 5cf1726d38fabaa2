import { connect } from '../client/connection.ts'
import { startDemoCluster, type DemoCluster, type DemoClusterOptions } from '../start.ts'
import { apiUser, type ApiUser } from './api-user.ts'

/** The user of a demo cluster of their own. */
export interface DemoUser extends ApiUser {
  cluster: DemoCluster
  close(): Promise<void>
}

/** A small, empty, fast cluster unless the options say otherwise, and its user. */
export async function demoUser(options: Partial<DemoClusterOptions> = {}): Promise<DemoUser> {
  const cluster = await startDemoCluster({
    port: 0,
    sets: 0,
    vms: 0,
    nodes: 2,
    seed: 7,
    speed: 100,
    weather: 'off',
    ...options,
  })
  const connection = connect({ server: cluster.server, token: cluster.token, userAgent: 'test' })
  return {
    ...apiUser(connection),
    cluster,
    async close() {
      connection.close()
      await cluster.close()
    },
  }
}
