import type { Attributes } from './authorization.ts'
import { legacyWatchQuery, withoutWatch } from './legacy-watch.ts'
import type { Registry } from './registry.ts'
import { isTrue } from './path-attributes.ts'
import type { Target } from './request-target.ts'
import type { ObjectVerb, Resource } from './resource.ts'
import { REVIEWS } from './reviews.ts'
import type { StatusError } from './status.ts'
import { badRequest, methodNotAllowed, noSuchResource, notFound, notSupported } from './status.ts'
import { pageNotFound } from './text-answer.ts'

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
  POST: 'create',
  DELETE: 'deletecollection',
}
const OBJECT_VERBS: Readonly<Record<string, ObjectVerb>> = {
  GET: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
  // Only subresources are posted to, such as pods/binding.
  POST: 'create',
}

/** A path below a version of the API. */
interface ApiPath {
  group: string
  version: string
  plural: string
  namespace: string
  /** Whether the path is below `namespaces/…`, of whatever name. */
  scoped: boolean
  name: string
  subresource: string
  beyond: boolean
  /** Whether it is one of those that old clients watch by. */
  watched: boolean
}

const OF_NAMESPACES = new Set(['status', 'finalize'])

function apiPath(pathname: string): ApiPath | undefined {
  const [, ...steps] = pathname.split('/')
  const core = steps[0] === 'api'
  if (!core && steps[0] !== 'apis') return undefined
  if (steps.at(-1) === '') steps.pop()
  const [group = '', version = ''] = core ? ['', steps[1]] : steps.slice(1)
  const { rest, watched } = withoutWatch(steps.slice(core ? 2 : 3))
  if (rest.length === 0) return undefined
  // namespaces/x/pods is about pods, namespaces/x and namespaces/x/status about the namespace itself.
  const scoped = rest[0] === 'namespaces' && rest.length > 2 && !OF_NAMESPACES.has(rest[2] ?? '')
  const namespace = scoped ? (rest[1] ?? '') : ''
  const [plural = '', name = '', subresource = '', ...beyond] = scoped ? rest.slice(2) : rest
  const found = { group, version, plural, namespace, scoped, name, subresource, watched }
  return { ...found, beyond: beyond.length > 0 }
}

/** What is answered for a resource that there is not: built-in groups know their own, and say so. */
function unknownResource(registry: Registry, group: string): Error {
  const builtIn = (one: { group: string; custom?: boolean }) => one.group === group && !one.custom
  const known = group === '' || registry.all().some(builtIn) || REVIEWS.some(builtIn)
  return known ? noSuchResource() : pageNotFound()
}

const BAD_NAMES: Readonly<Record<string, string>> = { '.': "may not be '.'", '..': "may not be '..'" }

function checkName(name: string): void {
  const wrong = Object.hasOwn(BAD_NAMES, name) ? BAD_NAMES[name] : name.includes('%') && "may not contain '%'"
  if (wrong) throw badRequest(`Name parameter invalid: "${name}": ${wrong}`)
}

const verbsOf = (resource: Resource, subresource: string): readonly string[] | undefined =>
  subresource ? resource.subresources.find((one) => one.name === subresource)?.verbs : resource.verbs

const listing = (verb: ObjectVerb, query: URLSearchParams): ObjectVerb =>
  verb === 'list' && isTrue(query.get('watch')) ? 'watch' : verb

/** The verb of a request for a built-in resource, whose routes are all written out. Throws 404 and 405. */
function builtInVerb(resource: Resource, path: ApiPath, method: string, query: URLSearchParams): ObjectVerb {
  const { name, subresource } = path
  if (subresource && !verbsOf(resource, subresource)) throw noSuchResource()
  const found = (name ? OBJECT_VERBS : COLLECTION_VERBS)[method]
  if (found === undefined || (found === 'create' && name !== '' && !subresource)) throw methodNotAllowed()
  const everywhere = resource.namespaced && !path.scoped
  if (everywhere && found !== 'list') throw methodNotAllowed()
  const verb = listing(found, query)
  if (!(verbsOf(resource, subresource)?.includes(verb) ?? true)) throw methodNotAllowed()
  return verb
}

/**
 * The verb of a request for a custom resource: one handler takes every method, so that a POST to an object's own
 * path creates, and HEAD reads. Throws 400, 404 and 405.
 */
function customVerb(resource: Resource, path: ApiPath, method: string, query: URLSearchParams): ObjectVerb {
  const { name, subresource } = path
  const single = name !== ''
  if (subresource && !verbsOf(resource, subresource)) throw notFound(resource, name)
  const reads = method === 'HEAD' ? 'GET' : method
  const found = (single || reads === 'PUT' || reads === 'PATCH' ? OBJECT_VERBS : COLLECTION_VERBS)[reads]
  const refused: StatusError = notSupported(resource, found ?? '')
  if (found === undefined) throw refused
  if (subresource && !verbsOf(resource, subresource)?.includes(found)) throw refused
  if (!single && (found === 'update' || found === 'patch')) throw badRequest('name must be provided')
  return listing(found, query)
}

/**
 * The object request that a target names, or undefined when its path is not below a version of the API.
 * Throws 404 for resources that do not exist and 405 for methods that they do not have.
 */
export function routeOf(registry: Registry, method: string, target: Target): ObjectRoute | undefined {
  const path = apiPath(target.pathname)
  if (!path) return undefined
  const { group, version, plural, namespace, scoped, name, subresource } = path
  const resource = registry.find(group, version, plural)
  if (!resource || path.beyond) throw unknownResource(registry, group)
  const listed = name === '' && (method === 'GET' || method === 'HEAD')
  const astray = scoped ? !resource.namespaced : resource.namespaced && !listed
  const query = target.searchParams
  if (resource.custom && astray) throw pageNotFound()
  if (scoped !== resource.namespaced && (name !== '' || scoped)) throw noSuchResource()
  if (path.watched) {
    const watch = { resource, verb: 'watch' as const, namespace, name, subresource: '' }
    return { ...watch, query: legacyWatchQuery(method, name, query) }
  }
  const verb = (resource.custom ? customVerb : builtInVerb)(resource, path, method, query)
  checkName(name)
  return {
    resource,
    verb,
    namespace,
    name: verb === 'create' && !subresource ? '' : name,
    subresource,
    query,
  }
}

export function attributesOf(route: ObjectRoute): Attributes {
  const { resource, verb, subresource, namespace, name } = route
  return { verb, group: resource.group, resource: resource.plural, subresource, namespace, name, path: '' }
}
