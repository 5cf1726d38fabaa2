import type { KubeJson } from './json.ts'
import type { Resource } from './resource.ts'
import { apiVersionOf } from './resource.ts'

/** One revision of one object. Never changed once it is stored: a write stores another one. */
export interface Stored {
  readonly resource: Resource
  /** `namespace/name`, or `name` of a cluster-wide object: the order of lists. */
  readonly key: string
  readonly revision: number
  readonly object: KubeJson
  /** The object as JSON without kind and apiVersion; made on first use. */
  bare: string | undefined
}

export const keyOf = (namespace: string, name: string) => (namespace ? `${namespace}/${name}` : name)

/** JSON as an item of a built-in list: without kind and apiVersion. */
export function bareJson(stored: Stored): string {
  stored.bare ??= JSON.stringify({ ...stored.object, kind: undefined, apiVersion: undefined })
  return stored.bare
}

/** Complete JSON. Custom resources keep the original's order of keys: apiVersion first. */
export function fullJson(stored: Stored): string {
  const { resource } = stored
  const head = resource.custom
    ? `{"apiVersion":"${apiVersionOf(resource)}","kind":"${resource.kind}",`
    : `{"kind":"${resource.kind}","apiVersion":"${apiVersionOf(resource)}",`
  return head + bareJson(stored).slice(1)
}
