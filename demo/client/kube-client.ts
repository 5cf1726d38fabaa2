import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { isConflict, isNotFound } from './api-error.ts'
import type { Connection } from './connection.ts'
import { pathOf, refOf, RESOURCES, type ObjectRef, type Resource, type Resources } from './resources.ts'

/** A patch body: any JSON object. */
export type MergePatch = Record<string, unknown>

/** The few verbs that the demo's controllers need, typed by resource. All throw an `ApiError` on refusal. */
export interface KubeClient {
  list<R extends Resource>(
    resource: R,
    query?: Record<string, string>,
  ): Promise<{ items: Resources[R][]; resourceVersion: string }>
  get<R extends Resource>(resource: R, ref: ObjectRef): Promise<Resources[R]>
  create<R extends Resource>(resource: R, object: Resources[R]): Promise<Resources[R]>
  /** Replaces the whole object; its `metadata.resourceVersion` must be the current one. */
  replace<R extends Resource>(resource: R, object: Resources[R]): Promise<Resources[R]>
  /** RFC 7386 merge patch; a `metadata.resourceVersion` in it makes the write conditional. */
  patch<R extends Resource>(resource: R, ref: ObjectRef, body: MergePatch): Promise<Resources[R]>
  patchStatus<R extends Resource>(resource: R, ref: ObjectRef, body: MergePatch): Promise<Resources[R]>
  /** Strategic merge patch of a status: lists like conditions are merged by their key. Built-in resources only. */
  mergeStatus<R extends Resource>(resource: R, ref: ObjectRef, body: MergePatch): Promise<Resources[R]>
  /** Binds a pod to a node. */
  bind(ref: ObjectRef, uid: string, node: string): Promise<void>
  /** Deletes exactly this object (by uid); an object that is gone or replaced is no error. */
  remove(resource: Resource, object: KubeObject, gracePeriodSeconds?: number): Promise<void>
}

const MERGE_PATCH = 'application/merge-patch+json'
const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json'

interface ListBody {
  items?: KubeObject[]
  metadata?: { resourceVersion?: string; continue?: string }
}

/** The verbs over one connection. */
export function kubeClient(connection: Connection): KubeClient {
  return {
    async list<R extends Resource>(resource: R, query: Record<string, string> = {}) {
      const { apiVersion, kind } = RESOURCES[resource]
      const items: Resources[R][] = []
      let page: ListBody = {}
      do {
        const next = page.metadata?.continue
        const parameters = new URLSearchParams({
          ...query,
          limit: '500',
          ...(next ? { continue: next } : {}),
        })
        page = (await connection.send('GET', `${pathOf(resource, '')}?${parameters}`)) as ListBody
        for (const item of page.items ?? []) items.push({ ...item, apiVersion, kind })
      } while (page.metadata?.continue)
      return { items, resourceVersion: page.metadata?.resourceVersion ?? '' }
    },
    async get<R extends Resource>(resource: R, ref: ObjectRef) {
      return (await connection.send('GET', pathOf(resource, ref.namespace, ref.name))) as Resources[R]
    },
    async create<R extends Resource>(resource: R, object: Resources[R]) {
      const path = pathOf(resource, refOf(object).namespace)
      return (await connection.send('POST', path, object)) as Resources[R]
    },
    async replace<R extends Resource>(resource: R, object: Resources[R]) {
      const { namespace, name } = refOf(object)
      return (await connection.send('PUT', pathOf(resource, namespace, name), object)) as Resources[R]
    },
    async patch<R extends Resource>(resource: R, ref: ObjectRef, body: MergePatch) {
      const path = pathOf(resource, ref.namespace, ref.name)
      return (await connection.send('PATCH', path, body, MERGE_PATCH)) as Resources[R]
    },
    async patchStatus<R extends Resource>(resource: R, ref: ObjectRef, body: MergePatch) {
      const path = pathOf(resource, ref.namespace, ref.name, 'status')
      return (await connection.send('PATCH', path, body, MERGE_PATCH)) as Resources[R]
    },
    async mergeStatus<R extends Resource>(resource: R, ref: ObjectRef, body: MergePatch) {
      const path = pathOf(resource, ref.namespace, ref.name, 'status')
      return (await connection.send('PATCH', path, body, STRATEGIC_MERGE_PATCH)) as Resources[R]
    },
    async bind(ref, uid, node) {
      await connection.send('POST', pathOf('pods', ref.namespace, ref.name, 'binding'), {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { ...ref, uid },
        target: { apiVersion: 'v1', kind: 'Node', name: node },
      })
    },
    async remove(resource, object, gracePeriodSeconds) {
      const ref = refOf(object)
      try {
        await connection.send('DELETE', pathOf(resource, ref.namespace, ref.name), {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          preconditions: { uid: object.metadata?.uid },
          ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
        })
      } catch (error) {
        if (!isNotFound(error) && !isConflict(error)) throw error
      }
    },
  }
}
