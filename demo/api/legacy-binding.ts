import { bindPod } from './binding.ts'
import type { Answer } from './answer.ts'
import type { Cluster } from './cluster.ts'
import { textAt } from './json.ts'
import type { Writer } from './request-context.ts'
import { routeOf } from './route.ts'
import { badRequest, methodNotAllowed, noSuchResource } from './status.ts'

/** The resource of old schedulers, which name the pod in the body instead of the path. */
export const BINDINGS = {
  group: '',
  version: 'v1',
  plural: 'bindings',
  singular: 'binding',
  kind: 'Binding',
  namespaced: true,
}

const PATH = /^\/api\/v1\/namespaces\/([^/]+)\/bindings\/?$/

/** The namespace whose bindings a path means. Throws 405 when they are not posted to. */
export function bindingsNamespace(method: string, pathname: string): string | undefined {
  const namespace = PATH.exec(pathname)?.[1]
  if (namespace !== undefined && method !== 'POST') throw methodNotAllowed()
  return namespace
}

/** Binds a pod as `pods/binding` does. Throws 400, 404 and 409. */
export function bindByBody(cluster: Cluster, namespace: string, body: unknown, writer: Writer): Answer {
  const name = textAt(body, 'metadata', 'name')
  if (name === '') throw badRequest('Name parameter required.')
  const pathname = `/api/v1/namespaces/${namespace}/pods/${name}/binding`
  const route = routeOf(cluster.registry, 'POST', { pathname, searchParams: new URLSearchParams() })
  if (!route) throw noSuchResource()
  return { code: 201, body: JSON.stringify(bindPod(cluster, route, body, writer)) }
}
