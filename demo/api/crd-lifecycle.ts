import type { Clock } from '../clock.ts'
import { kubeTime } from '../kube-time.ts'
import { isEstablished, withCondition, withNames } from './crd-naming.ts'
import type { KubeJson } from './json.ts'
import type { Registry } from './registry.ts'
import { CRD_ID } from './registry.ts'
import type { Store } from './store.ts'
import type { Stored } from './stored.ts'

/** Keeps a definition until its objects are gone. */
export const CRD_CLEANUP = 'customresourcecleanup.apiextensions.k8s.io'

/** A definition as its deletion begins. */
export function terminatingCrd(crd: KubeJson, now: string): KubeJson {
  const condition = {
    type: 'Terminating',
    status: 'True',
    reason: 'InstanceDeletionPending',
    message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  }
  const finalizers = [...new Set([...(crd.metadata.finalizers ?? []), CRD_CLEANUP])]
  const status = { ...Object(crd.status), conditions: withCondition(crd, condition, now) }
  return { ...crd, metadata: { ...crd.metadata, deletionTimestamp: now, finalizers }, status }
}

const isLeaving = ({ object }: Stored) => object.metadata.deletionTimestamp !== undefined
const finalizersOf = ({ object }: Stored) => object.metadata.finalizers ?? []

/**
 * Keeps the registry to the stored definitions: accepts their names, serves what is established, and empties what is
 * being deleted before it goes. Each step comes right after the write that asks for it.
 */
export function followCrds(store: Store, registry: Registry, clock: Clock): void {
  const definitions = () => {
    const resource = registry.all().find((one) => one.id === CRD_ID)
    return resource ? store.list(resource, '') : []
  }
  const nameAll = () => {
    for (const { key } of definitions()) {
      const all = definitions()
      const crd = all.find((one) => one.key === key)
      if (!crd || isLeaving(crd)) continue
      const others = all.map((one) => one.object)
      const named = withNames(crd.object, others, kubeTime(clock.now()))
      if (named !== crd.object) store.put(crd.resource, named)
    }
  }
  const objectsOf = (crd: Stored) => {
    const resource = registry.all().find((one) => one.custom && one.id === crd.object.metadata.name)
    return resource ? store.list(resource, '') : []
  }
  /** Objects with finalizers wait for whoever put them there, and the definition with them. */
  const empty = (crd: Stored) => {
    for (const stored of objectsOf(crd)) {
      if (finalizersOf(stored).length === 0) store.remove(stored)
      else if (!isLeaving(stored)) store.put(stored.resource, marked(stored))
    }
    if (objectsOf(crd).length > 0) return
    const finalizers = finalizersOf(crd).filter((one) => one !== CRD_CLEANUP)
    if (finalizers.length === 0) store.remove(crd)
    else store.put(crd.resource, { ...crd.object, metadata: { ...crd.object.metadata, finalizers } })
  }
  const marked = ({ object }: Stored): KubeJson => {
    const deletionTimestamp = kubeTime(clock.now())
    const generation = (object.metadata.generation ?? 0) + 1
    const metadata = { ...object.metadata, generation, deletionTimestamp, deletionGracePeriodSeconds: 0 }
    return { ...object, metadata }
  }
  const emptyLeaving = () => {
    for (const crd of definitions()) if (isLeaving(crd) && finalizersOf(crd).includes(CRD_CLEANUP)) empty(crd)
  }

  store.onChange(({ type, stored }) => {
    if (stored.resource.id === CRD_ID) {
      if (type !== 'DELETED' && isEstablished(stored.object)) registry.define(stored.object)
      if (type === 'DELETED') registry.forget(stored.object)
      // After all who listen have heard of this write.
      queueMicrotask(isLeaving(stored) && type !== 'DELETED' ? emptyLeaving : nameAll)
    } else if (stored.resource.custom && type === 'DELETED') queueMicrotask(emptyLeaving)
  })
}
