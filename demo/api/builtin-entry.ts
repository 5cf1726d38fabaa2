import { plainColumns } from './columns.ts'
import type { Resource } from './resource.ts'
import { resourceId, statusSubresource } from './resource.ts'

/** What a table says about a built-in resource; the rest follows from it. */
export type Entry = Pick<Resource, 'kind' | 'plural'> & Partial<Resource>

/** Completes an entry of a table. */
export function builtin(group: string, version: string, entry: Entry): Resource {
  return {
    id: resourceId(group, entry.plural),
    group,
    version,
    singular: entry.kind.toLowerCase(),
    listKind: `${entry.kind}List`,
    namespaced: true,
    shortNames: [],
    categories: [],
    subresources: [],
    custom: false,
    status: 'none',
    generation: false,
    columns: plainColumns,
    fields: {},
    ...entry,
  }
}

const path = (label: string) => label.split('.')

/** Field selectors whose labels are the paths of what they compare. */
export const paths = (...labels: string[]) => Object.fromEntries(labels.map((label) => [label, path(label)]))

/** Of kinds whose status is a subresource. */
export const withStatus = (kind: string): Pick<Resource, 'subresources' | 'status'> => ({
  subresources: [statusSubresource(kind)],
  status: 'lenient',
})
