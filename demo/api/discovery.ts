import type { JsonRecord } from './json.ts'
import type { Negotiated } from './negotiate.ts'
import type { Registry } from './registry.ts'
import type { Resource } from './resource.ts'
import { OBJECT_VERBS } from './resource.ts'
import { REVIEWS } from './reviews.ts'
import { noSuchResource } from './status.ts'

/** One line of discovery: a stored resource with its subresources, or a review. */
interface Entry extends Pick<Resource, 'group' | 'version' | 'plural' | 'singular' | 'kind' | 'namespaced'> {
  verbs: readonly string[]
  shortNames: readonly string[]
  categories: readonly string[]
  subresources: Resource['subresources']
}

const REVIEW = { verbs: ['create'], shortNames: [], categories: [], subresources: [] }
const REVIEW_ENTRIES = REVIEWS.map((review): Entry => Object.assign({}, review, REVIEW))

function entries(registry: Registry): Entry[] {
  const stored = registry.all().map((resource): Entry => Object.assign({}, resource, { verbs: OBJECT_VERBS }))
  return [...stored, ...REVIEW_ENTRIES]
}

function listed(entry: Entry): JsonRecord[] {
  const { plural, singular, kind, namespaced, verbs, shortNames, categories } = entry
  const main = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  }
  const parts = entry.subresources.map((part) => ({
    name: `${plural}/${part.name}`,
    singularName: '',
    namespaced,
    ...(part.group !== undefined && { group: part.group, version: part.version }),
    kind: part.kind,
    verbs: part.verbs,
  }))
  return [main, ...parts]
}

function resourceList(registry: Registry, group: string, version: string): JsonRecord {
  const found = entries(registry).filter((entry) => entry.group === group && entry.version === version)
  if (found.length === 0) throw noSuchResource()
  const groupName = group ? `${group}/${version}` : version
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: groupName,
    resources: found.flatMap(listed),
  }
}

const groupNames = (registry: Registry) =>
  [...new Set(entries(registry).map((entry) => entry.group))].filter((group) => group !== '').sort()

const versionsOf = (registry: Registry, group: string) => [
  ...new Set(entries(registry).flatMap((entry) => (entry.group === group ? [entry.version] : []))),
]

function apiGroup(registry: Registry, name: string): JsonRecord {
  const versions = versionsOf(registry, name).map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }))
  if (versions.length === 0) throw noSuchResource()
  return { name, versions, preferredVersion: versions[0] }
}

function aggregatedResource(entry: Entry): JsonRecord {
  const responseKind = { group: entry.group, version: entry.version, kind: entry.kind }
  return {
    resource: entry.plural,
    responseKind,
    scope: entry.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: entry.singular,
    verbs: entry.verbs,
    ...(entry.shortNames.length > 0 && { shortNames: entry.shortNames }),
    ...(entry.categories.length > 0 && { categories: entry.categories }),
    ...(entry.subresources.length > 0 && {
      subresources: entry.subresources.map((part) => ({
        subresource: part.name,
        responseKind: { ...responseKind, kind: part.kind },
        verbs: part.verbs,
      })),
    }),
  }
}

function aggregated(registry: Registry, groups: readonly string[], apiVersion: string): JsonRecord {
  const items = groups.map((group) => ({
    metadata: { ...(group && { name: group }), creationTimestamp: null },
    versions: versionsOf(registry, group).map((version) => ({
      version,
      freshness: 'Current',
      resources: entries(registry)
        .filter((entry) => entry.group === group && entry.version === version)
        .map(aggregatedResource),
    })),
  }))
  return { kind: 'APIGroupDiscoveryList', apiVersion, metadata: {}, items }
}

/** Whether a path is one of discovery's: /api, /apis and what lies above the resources. */
export const isDiscovery = (pathname: string) => /^\/(api|apis)(\/|$)/.test(pathname)

const isRoot = (steps: readonly string[]) => steps.length === 1

/**
 * The discovery document of a path of at most three steps below /api and /apis; undefined when the path is
 * not about discovery. Throws 404 for groups and versions that the server does not have.
 */
export function discoveryOf(
  registry: Registry,
  pathname: string,
  host: string,
  negotiated: Negotiated,
): JsonRecord | undefined {
  const steps = pathname.split('/').filter((step) => step !== '')
  const [root, first = '', second = ''] = steps
  const aggregate = negotiated.form === 'discovery' && isRoot(steps)
  const apiVersion = `apidiscovery.k8s.io/${negotiated.version}`
  if (root === 'api' && steps.length <= 2) {
    if (aggregate) return aggregated(registry, [''], apiVersion)
    if (!isRoot(steps)) return resourceList(registry, '', first)
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: host }]
    return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs }
  }
  if (root === 'apis' && steps.length <= 3) {
    if (aggregate) return aggregated(registry, groupNames(registry), apiVersion)
    if (isRoot(steps)) {
      const groups = groupNames(registry).map((name) => apiGroup(registry, name))
      return { kind: 'APIGroupList', apiVersion: 'v1', groups }
    }
    if (second) return resourceList(registry, first, second)
    return { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(registry, first) }
  }
  return undefined
}
