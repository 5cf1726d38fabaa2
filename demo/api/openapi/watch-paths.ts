import type { Resource } from '../resource.ts'
import type { Operation, PathItem } from './operations.ts'
import { answers, idOf, pathItem, refTo, tagOf, verbsOf } from './operations.ts'
import type { Parameter } from './parameters.ts'
import { LIST, NAMESPACE, PRETTY, nameOf } from './parameters.ts'
import { rootOf } from './resource-paths.ts'

const EVENT = refTo('io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent')
const TYPES = ['application/json', 'application/json;stream=watch']

/** The old way to watch a resource: by path instead of by parameter. */
export function watchPaths(resource: Resource): [string, PathItem][] {
  const { group, version, kind, plural, namespaced } = resource
  if (!verbsOf(resource).includes('watch')) return []
  const root = `${rootOf(group, version)}/watch`
  const scope = namespaced ? 'Namespaced' : ''
  const around: Parameter[] = namespaced ? [NAMESPACE] : []
  const base = namespaced ? `${root}/namespaces/{namespace}/${plural}` : `${root}/${plural}`
  const item = (path: string, id: string, action: string, own: readonly Parameter[]): [string, PathItem] => {
    const get: Operation = {
      tags: [tagOf(group, version)],
      description: `watch changes of ${kind}. Deprecated: use the 'watch' parameter with a list.`,
      operationId: `watch${idOf(group, version)}${id}`,
      responses: answers([200], EVENT, TYPES),
      'x-kubernetes-action': action,
      'x-kubernetes-group-version-kind': { group, version, kind },
    }
    return [path, pathItem({ get }, [...LIST, PRETTY, ...own])]
  }
  return [
    item(base, `${scope}${kind}List`, 'watchlist', around),
    item(`${base}/{name}`, `${scope}${kind}`, 'watch', [...around, nameOf(kind)]),
    ...(namespaced ? [item(`${root}/${plural}`, `${kind}ListForAllNamespaces`, 'watchlist', [])] : []),
  ]
}
