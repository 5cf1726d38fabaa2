import { BUILTIN_RESOURCES } from './builtin-resources.ts'
import { crdColumns } from './columns.ts'
import type { KubeJson } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'
import type { Resource } from './resource.ts'
import { resourceId, statusSubresource } from './resource.ts'

const texts = (list: readonly unknown[]) => list.filter((one) => typeof one === 'string')

/** The resources that a CustomResourceDefinition defines: one, of its storage version. */
export function resourceOfCrd(crd: KubeJson): Resource | undefined {
  const names = valueAt(crd, 'spec', 'names')
  const group = textAt(crd, 'spec', 'group')
  const version = listAt(crd, 'spec', 'versions').find((one) => valueAt(one, 'served') === true)
  const plural = textAt(names, 'plural')
  const kind = textAt(names, 'kind')
  if (!isRecord(version) || !plural || !kind || !group) return undefined
  const hasStatus = isRecord(valueAt(version, 'subresources', 'status'))
  return {
    id: resourceId(group, plural),
    group,
    version: textAt(version, 'name'),
    plural,
    singular: textAt(names, 'singular') || kind.toLowerCase(),
    kind,
    listKind: textAt(names, 'listKind') || `${kind}List`,
    namespaced: textAt(crd, 'spec', 'scope') === 'Namespaced',
    shortNames: texts(listAt(names, 'shortNames')),
    categories: texts(listAt(names, 'categories')),
    subresources: hasStatus ? [statusSubresource(kind)] : [],
    custom: true,
    status: hasStatus ? 'strict' : 'none',
    generation: true,
    columns: crdColumns(version),
    fields: {},
    schema: valueAt(version, 'schema', 'openAPIV3Schema'),
  }
}

/** Which resources the server has at this moment: the built-in ones and those of the stored CRDs. */
export interface Registry {
  all(): readonly Resource[]
  find(group: string, version: string, plural: string): Resource | undefined
  /** By kind, as owner references name it. */
  byKind(apiVersion: string, kind: string): Resource | undefined
  define(crd: KubeJson): void
  forget(crd: KubeJson): void
}

export const CRD_ID = 'customresourcedefinitions.apiextensions.k8s.io'

export function createRegistry(): Registry {
  const custom = new Map<string, Resource>()
  const all = () => [...BUILTIN_RESOURCES, ...custom.values()]
  return {
    all,
    find: (group, version, plural) =>
      all().find((one) => one.plural === plural && one.group === group && one.version === version),
    byKind(apiVersion, kind) {
      const slash = apiVersion.indexOf('/')
      const group = slash < 0 ? '' : apiVersion.slice(0, slash)
      return all().find((one) => one.kind === kind && one.group === group)
    },
    define(crd) {
      const resource = resourceOfCrd(crd)
      if (resource) custom.set(crd.metadata.name ?? '', resource)
    },
    forget: (crd) => void custom.delete(crd.metadata.name ?? ''),
  }
}
