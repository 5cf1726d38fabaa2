import type { Attributes } from './authorization.ts'
import { legacyWatchQuery, withoutWatch } from './legacy-watch.ts'
import type { Registry } from './registry.ts'
import type { ObjectVerb, Resource } from './resource.ts'
import { badRequest, methodNotAllowed, noSuchResource } from './status.ts'

/** A request for stored objects. */
export interface ObjectRoute {
  resource: Resource
  verb: ObjectVerb
  /** '' for cluster-wide resources and for all namespaces. */
  namespace: string
  name: string
  subresource: string
  query: URLSearchParams
}

const COLLECTION_VERBS: Readonly<Record<string, ObjectVerb>> = {
  GET: 'list',
  HEAD: 'list',
  POST: 'create',
  DELETE: 'deletecollection',
}
const OBJECT_VERBS: Readonly<Record<string, ObjectVerb>> = {
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
  // Only subresources are posted to, such as pods/binding.
  POST: 'create',
}

function segments(path: string): string[] {
  try {
    return path
      .split('/')
      .filter((step) => step !== '')
      .map(decodeURIComponent)
  } catch {
    throw badRequest('the URL is not valid')
  }
}

const isTrue = (value: string | null) => value !== null && value !== 'false' && value !== '0'

/**
 * The object request that a URL names, or undefined when the path is not below a version of the API.
 * Throws 404 for resources that do not exist and 405 for methods that they do not have.
 */
export function routeOf(registry: Registry, method: string, url: URL): ObjectRoute | undefined {
  const steps = segments(url.pathname)
  const core = steps[0] === 'api' && steps.length > 2
  const grouped = steps[0] === 'apis' && steps.length > 3
  if (!core && !grouped) return undefined
  const group = core ? '' : (steps[1] ?? '')
  const version = (core ? steps[1] : steps[2]) ?? ''
  const { rest, watched } = withoutWatch(steps.slice(core ? 2 : 3))
  // namespaces/x/pods is about pods, namespaces/x and namespaces/x/status about the namespace itself.
  const scoped =
    rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2] ?? '')
  const namespace = scoped ? (rest[1] ?? '') : ''
  const [plural = '', name = '', subresource = '', ...beyond] = scoped ? rest.slice(2) : rest
  const resource = registry.find(group, version, plural)
  if (!resource || beyond.length > 0) throw noSuchResource()
  if (resource.namespaced !== (namespace !== '') && (name !== '' || namespace !== '')) throw noSuchResource()
  if (watched) {
    const query = legacyWatchQuery(method, name, url.searchParams)
    return { resource, verb: 'watch', namespace, name, subresource: '', query }
  }
  if (subresource && !resource.subresources.some((one) => one.name === subresource)) throw noSuchResource()
  const listed = (name ? OBJECT_VERBS : COLLECTION_VERBS)[method]
  if (listed === undefined || (listed === 'create' && name !== '' && !subresource))
    throw methodNotAllowed(resource)
  const acrossNamespaces = resource.namespaced && namespace === '' && listed !== 'list'
  if (acrossNamespaces) throw methodNotAllowed(resource)
  const verb = listed === 'list' && isTrue(url.searchParams.get('watch')) ? 'watch' : listed
  if (subresource) {
    const known = resource.subresources.find((one) => one.name === subresource)
    if (!known?.verbs.includes(verb)) throw methodNotAllowed(resource)
  } else if (resource.verbs && !resource.verbs.includes(verb)) throw methodNotAllowed(resource)
  return { resource, verb, namespace, name, subresource, query: url.searchParams }
}

export function attributesOf(route: ObjectRoute): Attributes {
  return {
    verb: route.verb,
    group: route.resource.group,
    resource: route.resource.plural,
    subresource: route.subresource,
    namespace: route.namespace,
    name: route.name,
    path: '',
  }
}
