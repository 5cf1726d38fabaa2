import type { Registry } from '../registry.ts'
import type { Resource } from '../resource.ts'
import type { Review } from '../reviews.ts'
import { REVIEWS } from '../reviews.ts'
import { schemasFor } from './builtin-schemas.ts'
import { customSchemas } from './custom-schemas.ts'
import type { Operation, PathItem } from './operations.ts'
import { answers, idOf, refTo, tagOf } from './operations.ts'
import { resourcePaths, rootOf } from './resource-paths.ts'
import { reviewPath } from './review-paths.ts'
import type { SchemaNode } from './schema-node.ts'
import { watchPaths } from './watch-paths.ts'

/** An OpenAPI v3 document of one path of the API. */
export interface Document {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, PathItem>
  components: { schemas: Record<string, SchemaNode>; securitySchemes?: unknown }
}

/** What a document is made of: one version of a group, one group, or everything. */
export interface Subject {
  group: string
  version: string
  resources: readonly Resource[]
  reviews: readonly Review[]
}

const INFO = { title: 'Kubernetes', version: '1.36' }
const CUSTOM_INFO = { title: 'Kubernetes CRD Swagger', version: 'v0.1.0' }
const SECURITY = {
  BearerToken: {
    type: 'apiKey',
    description: 'Bearer Token authentication',
    name: 'authorization',
    in: 'header',
  },
}
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'

/** What the registry holds at this moment, by group and version. */
export function subjectsOf(registry: Registry): Subject[] {
  const found = new Map<
    string,
    { group: string; version: string; resources: Resource[]; reviews: Review[] }
  >()
  const at = ({ group, version }: { group: string; version: string }) => {
    const key = `${group}/${version}`
    const known = found.get(key) ?? { group, version, resources: [], reviews: [] }
    found.set(key, known)
    return known
  }
  for (const resource of registry.all()) at(resource).resources.push(resource)
  for (const review of REVIEWS) at(review).reviews.push(review)
  return [...found.values()].sort((a, b) =>
    rootOf(a.group, a.version) < rootOf(b.group, b.version) ? -1 : 1,
  )
}

function discovery(path: string, tag: string, id: string, what: string, schema: string): [string, PathItem] {
  const get: Operation = {
    tags: [tag],
    description: what,
    operationId: id,
    responses: answers([200], refTo(schema)),
  }
  return [`${path}/`, { get }]
}

function document(
  paths: [string, PathItem][],
  own: Record<string, SchemaNode>,
  at: { group: string; version: string },
): Document {
  const sorted = Object.fromEntries([...paths].sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    openapi: '3.0.0',
    info: INFO,
    paths: sorted,
    components: { schemas: schemasFor(sorted, own, at), securitySchemes: SECURITY },
  }
}

/** The document of a version: its resources, and the reviews that are posted to it. */
export function versionDocument(subject: Subject): Document {
  const { group, version, resources, reviews } = subject
  const paths = [
    ...resources.flatMap(resourcePaths),
    ...resources.filter((one) => !one.custom).flatMap(watchPaths),
    ...reviews.map(reviewPath),
  ]
  const own = Object.assign({}, ...resources.filter((one) => one.custom).map(customSchemas)) as Record<
    string,
    SchemaNode
  >
  if (resources.length > 0 && resources.every((one) => one.custom)) {
    const custom = document(paths, own, subject)
    return { ...custom, info: CUSTOM_INFO, components: { schemas: custom.components.schemas } }
  }
  const root = rootOf(group, version)
  const id = `get${idOf(group, version)}APIResources`
  paths.push(discovery(root, tagOf(group, version), id, 'get available resources', `${META}APIResourceList`))
  return document(paths, own, subject)
}

const none = { group: '', version: '' }

/** The documents of discovery above the versions: `api`, `apis` and `apis/<group>`. */
export function discoveryDocument(path: string): Document {
  if (path === 'api') {
    return document(
      [discovery('/api', 'core', 'getCoreAPIVersions', 'get available API versions', `${META}APIVersions`)],
      {},
      none,
    )
  }
  if (path === 'apis') {
    return document(
      [discovery('/apis', 'apis', 'getAPIVersions', 'get available API versions', `${META}APIGroupList`)],
      {},
      none,
    )
  }
  const group = path.slice('apis/'.length)
  const id = `get${idOf(group, '')}APIGroup`
  return document(
    [discovery(`/${path}`, tagOf(group, ''), id, 'get information of a group', `${META}APIGroup`)],
    {},
    none,
  )
}

/** The document of /version. */
export function versionInfoDocument(): Document {
  const path = discovery(
    '/version',
    'version',
    'getCodeVersion',
    'get the version information for this server',
    'io.k8s.apimachinery.pkg.version.Info',
  )
  return document([path], {}, none)
}
