import type { Random } from '../random.ts'
import type { Admission } from './admission.ts'
import { dynamicAdmission } from './dynamic-admission.ts'
import type { Destination, WebhookCaller } from './dynamic-admission-call.ts'
import type { Webhook } from './dynamic-admission-config.ts'
import { webhooksOf } from './dynamic-admission-config.ts'
import { ADMISSION_GROUP, MUTATING, VALIDATING } from './dynamic-admission-kinds.ts'
import { textAt, valueAt } from './json.ts'
import type { Registry } from './registry.ts'
import { resourceId } from './resource.ts'
import type { Store } from './store.ts'

export interface StoredWebhooks {
  store: Store
  registry: Registry
  random: Random
  caller: WebhookCaller
}

/** The webhooks of the stored configurations of one kind, parsed again only when one of them has changed. */
function followed({ store, registry }: StoredWebhooks, plural: string): () => readonly Webhook[] {
  const id = resourceId(ADMISSION_GROUP, plural)
  let known: readonly Webhook[] | undefined
  store.onChange(({ stored }) => {
    if (stored.resource.id === id) known = undefined
  })
  return () => {
    if (known) return known
    const resource = registry.find(ADMISSION_GROUP, 'v1', plural)
    known = webhooksOf(resource ? store.list(resource, '').map((one) => one.object) : [])
    return known
  }
}

/** Of services only those that name a host are reachable here: this cluster has no network of its own. */
function servicesOf({ store, registry }: StoredWebhooks) {
  return (destination: Destination, webhook: Webhook): Destination => {
    const service = valueAt(webhook.client, 'service')
    if (!service) return destination
    const name = textAt(service, 'name')
    const services = registry.find('', 'v1', 'services')
    const found = services && store.get(services, textAt(service, 'namespace'), name)
    const { hostname, port, pathname } = destination.url
    const href = `https://${hostname}:${port || '443'}${pathname}?timeout=${webhook.timeoutSeconds}s`
    if (!found) throw new Error(`Post "${href}": service "${name}" not found`)
    const host = textAt(found.object, 'spec', 'externalName')
    if (host) return { ...destination, host }
    const address = `${textAt(found.object, 'spec', 'clusterIP')}:${port || '443'}`
    throw new Error(`Post "${href}": dial tcp ${address}: connect: no route to host`)
  }
}

/** Dynamic admission by the webhook configurations that are stored. */
export function storedWebhookAdmission(cluster: StoredWebhooks): Admission {
  const { store, registry, random, caller } = cluster
  const namespaces = () => registry.find('', 'v1', 'namespaces')
  return dynamicAdmission({
    mutating: followed(cluster, MUTATING),
    validating: followed(cluster, VALIDATING),
    namespaceOf(name) {
      const resource = namespaces()
      return resource && store.get(resource, '', name)?.object
    },
    resolve: servicesOf(cluster),
    caller,
    uuid: () => random.uuid(),
  })
}
