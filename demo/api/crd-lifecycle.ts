import type { KubeJson } from './json.ts'
import type { Registry } from './registry.ts'
import { CRD_ID } from './registry.ts'
import type { Store } from './store.ts'

/** Keeps the registry to the stored CRDs. With a CRD go all of its objects. */
export function followCrds(store: Store, registry: Registry): void {
  store.onChange(({ type, stored }) => {
    if (stored.resource.id !== CRD_ID) return
    if (type === 'DELETED') drop(store, registry, stored.object)
    else registry.define(stored.object)
  })
}

function drop(store: Store, registry: Registry, crd: KubeJson): void {
  const resource = registry.all().find((one) => one.custom && one.id === crd.metadata.name)
  registry.forget(crd)
  if (resource) for (const stored of store.list(resource, '')) store.remove(stored)
}
