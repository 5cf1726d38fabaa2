import { createHash } from 'node:crypto'
import type { ServedVersion } from './aggregation-services.ts'
import type { JsonRecord } from './json.ts'
import type { Negotiated } from './negotiate.ts'
import type { Registry } from './registry.ts'
import type { Resource } from './resource.ts'
import { OBJECT_VERBS } from './resource.ts'
import { aggregatedRemote } from './remote-discovery.ts'
import { BINDINGS } from './legacy-binding.ts'
import { REVIEWS } from './reviews.ts'
import { noSuchResource } from './status.ts'
import { pageNotFound } from './text-answer.ts'

/** What discovery tells of: the server's own resources, and all versions of all groups by precedence. */
export interface Discovered {
  registry: Registry
  versions: readonly ServedVersion[]
}

/** One line of discovery: a stored resource with its subresources, or what is only posted. */
interface Entry extends Pick<Resource, 'group' | 'version' | 'plural' | 'singular' | 'kind' | 'namespaced'> {
  verbs: readonly string[]
  shortNames: readonly string[]
  categories: readonly string[]
  subresources: Resource['subresources']
  stored: boolean
  custom: boolean
}

const POSTED = {
  verbs: ['create'],
  shortNames: [],
  categories: [],
  subresources: [],
  stored: false,
  custom: false,
}
const POSTED_ENTRIES = [...REVIEWS, BINDINGS].map((one): Entry => Object.assign({}, one, POSTED))

/** The verbs of custom resources, in the order in which the original lists them. */
const CUSTOM_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch']

const byName = (a: Entry, b: Entry) => (a.plural < b.plural ? -1 : 1)

function entries(registry: Registry, group: string, version: string): Entry[] {
  const stored = registry.all().map((resource): Entry => {
    const verbs = resource.custom ? CUSTOM_VERBS : OBJECT_VERBS
    return Object.assign({ verbs, stored: resource.kind !== 'ComponentStatus' }, resource)
  })
  return [...stored, ...POSTED_ENTRIES]
    .filter((entry) => entry.group === group && entry.version === version)
    .sort(byName)
}

const partsOf = (entry: Entry) => [...entry.subresources].sort((a, b) => (a.name < b.name ? -1 : 1))

/** Kinds whose storage the original names by another group or version than they are served in. */
const STORED_AS: Readonly<Record<string, string>> = {
  'autoscaling/HorizontalPodAutoscaler': 'autoscaling/v2/HorizontalPodAutoscaler',
  'events.k8s.io/Event': '/v1/Event',
  'apiextensions.k8s.io/CustomResourceDefinition': 'apiextensions.k8s.io/v1beta1/CustomResourceDefinition',
}

/** Tells clients which kinds share their storage: events of both groups do. */
function storageHash({ stored, group, version, kind }: Entry): { storageVersionHash?: string } {
  if (!stored) return {}
  const id = STORED_AS[`${group}/${kind}`] ?? `${group}/${version}/${kind}`
  const hash = createHash('sha256').update(id).digest().subarray(0, 8)
  return { storageVersionHash: hash.toString('base64') }
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
    ...storageHash(entry),
  }
  const parts = partsOf(entry).map(({ name, kind: partKind, verbs: partVerbs, group, version }) => {
    const part = { name: `${plural}/${name}`, singularName: '', namespaced }
    const foreign = group === undefined ? {} : { group, version }
    return Object.assign(part, foreign, { kind: partKind, verbs: partVerbs })
  })
  return [main, ...parts]
}

function resourceList(registry: Registry, group: string, version: string): JsonRecord {
  const found = entries(registry, group, version)
  if (found.length === 0) throw unknownVersion(group === '' || hasBuiltIn(registry, group))
  return {
    kind: 'APIResourceList',
    // The original forgets it for the core group.
    ...(group && { apiVersion: 'v1' }),
    groupVersion: group ? `${group}/${version}` : version,
    resources: found.flatMap(listed),
  }
}

function apiGroup({ versions }: Discovered, name: string): JsonRecord {
  const own = versions
    .filter((one) => one.group === name)
    .map(({ version }) => ({ groupVersion: `${name}/${version}`, version }))
  if (own.length === 0) throw pageNotFound()
  return { name, versions: own, preferredVersion: own[0] }
}

function aggregatedResource(entry: Entry): JsonRecord {
  const { group, version, kind } = entry
  // Built-in kinds are those of the version that they are listed in; only custom resources say so.
  const qualified = entry.custom ? { group, version } : { group: '', version: '' }
  return {
    resource: entry.plural,
    responseKind: { ...qualified, kind },
    scope: entry.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: entry.singular,
    verbs: entry.verbs,
    ...(entry.shortNames.length > 0 && { shortNames: entry.shortNames }),
    ...(entry.categories.length > 0 && { categories: entry.categories }),
    ...(entry.subresources.length > 0 && {
      subresources: partsOf(entry).map((part) => ({
        subresource: part.name,
        responseKind: {
          group: part.group ?? qualified.group,
          version: part.version ?? qualified.version,
          kind: part.kind,
        },
        verbs: part.verbs,
      })),
    }),
  }
}

function versionDocument({ registry }: Discovered, served: ServedVersion): JsonRecord {
  const { version, remote } = served
  if (remote) return { version, resources: aggregatedRemote(remote.document), freshness: remote.freshness }
  const resources = entries(registry, served.group, version).map(aggregatedResource)
  return { version, resources, freshness: 'Current' }
}

function aggregated(discovered: Discovered, core: boolean, apiVersion: string): JsonRecord {
  const versions = discovered.versions.filter(({ group }) => (group === '') === core)
  const items = [...new Set(versions.map(({ group }) => group))].map((group) => ({
    metadata: group ? { name: group } : {},
    versions: versions
      .filter((one) => one.group === group)
      .map((served) => versionDocument(discovered, served)),
  }))
  return { kind: 'APIGroupDiscoveryList', apiVersion, metadata: {}, items }
}

/** Whether a path is one of discovery's: /api, /apis and what lies above the resources. */
export const isDiscovery = (pathname: string) => /^\/(api|apis)(\/|$)/.test(pathname)

const isRoot = (steps: readonly string[]) => steps.length === 1

const hasBuiltIn = (registry: Registry, group: string) =>
  [...registry.all(), ...POSTED_ENTRIES].some((one) => one.group === group && !one.custom)

/** Only the paths of built-in groups are known to be the API's, whatever follows. */
const unknownVersion = (core: boolean) => (core ? noSuchResource() : pageNotFound())

/**
 * The discovery document of a path of at most three steps below /api and /apis. Throws 404 for groups and versions
 * that the server does not have.
 */
export function discoveryOf(
  discovered: Discovered,
  pathname: string,
  host: string,
  negotiated: Negotiated,
): JsonRecord {
  const steps = pathname.split('/').filter((step) => step !== '')
  const [root, first = '', second = ''] = steps
  const aggregate = negotiated.form === 'discovery' && isRoot(steps)
  const apiVersion = `apidiscovery.k8s.io/${negotiated.version}`
  if (root === 'api' && steps.length <= 2) {
    if (aggregate) return aggregated(discovered, true, apiVersion)
    if (!isRoot(steps)) return resourceList(discovered.registry, '', first)
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: host }]
    return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs }
  }
  if (root === 'apis' && steps.length <= 3) {
    if (aggregate) return aggregated(discovered, false, apiVersion)
    if (isRoot(steps)) {
      const named = discovered.versions.filter(({ group }) => group !== '')
      const groups = [...new Set(named.map(({ group }) => group))].map((name) => apiGroup(discovered, name))
      return { kind: 'APIGroupList', apiVersion: 'v1', groups }
    }
    if (second) return resourceList(discovered.registry, first, second)
    return { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(discovered, first) }
  }
  throw unknownVersion(root === 'api')
}
