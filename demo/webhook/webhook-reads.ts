import type { CocoonHibernation } from '../../lib/cocoon/crd.ts'
import type { Workload } from '../../lib/cocoon/admission-workload.ts'
import type { Connection } from '../client/connection.ts'
import { pathOf } from '../client/resources.ts'

/** What the webhook asks the API server for, with its own account. Rejects with the server's refusal. */
export interface WebhookReads {
  hibernations(namespace: string): Promise<CocoonHibernation[]>
  /** The Deployment or StatefulSet behind a Scale; `plural` names its resource. */
  workload(plural: string, namespace: string, name: string): Promise<Workload>
}

/** Reads without a cache: a rule about what exists must not trust the past. */
export function webhookReads(connection: Connection): WebhookReads {
  return {
    async hibernations(namespace) {
      const answer = await connection.send('GET', pathOf('cocoonhibernations', namespace))
      return (answer as { items?: CocoonHibernation[] }).items ?? []
    },
    async workload(plural, namespace, name) {
      const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${plural}/${encodeURIComponent(name)}`
      return (await connection.send('GET', path)) as Workload
    },
  }
}
