import type { FieldTerm } from './field-selector.ts'
import { fieldTerms } from './field-selector.ts'
import type { KubeJson } from './json.ts'
import { labelSelector } from './label-selector.ts'
import type { Resource } from './resource.ts'
import { selectableField, supportsField } from './resource.ts'
import { badRequest } from './status.ts'

/** What a list or watch selects. */
export interface Selection {
  /** undefined selects everything. */
  matches: ((object: KubeJson) => boolean) | undefined
  /** The one name that can match, when a field selector says so. */
  name: string | undefined
}

/** Kinds with selectable fields of their own are worded by these, all others in general. */
function unsupported(resource: Resource, label: string): Error {
  const own = resource.custom || Object.keys(resource.fields).length > 0
  if (own) return badRequest(`field label not supported: ${label}`)
  const known = 'only "metadata.name", "metadata.namespace"'
  return badRequest(`${JSON.stringify(label)} is not a known field selector: ${known}`)
}

/** Compiles a fieldSelector for a resource. Throws 400 for labels that it does not support. */
function fieldTests(resource: Resource, selector: string | null): FieldTerm[] {
  const terms = fieldTerms(selector ?? '')
  const foreign = terms.find(({ label }) => !supportsField(resource, label))
  if (foreign) throw unsupported(resource, foreign.label)
  return terms
}

export function selectionOf(resource: Resource, query: URLSearchParams): Selection {
  const byLabel = labelSelector(query.get('labelSelector'))
  const byField = fieldTests(resource, query.get('fieldSelector'))
  const name = byField.find((test) => test.label === 'metadata.name' && test.equal)?.value
  if (!byLabel && byField.length === 0) return { matches: undefined, name }
  return {
    name,
    matches: (object) =>
      (byLabel?.(object.metadata.labels ?? {}) ?? true) &&
      byField.every((test) => (selectableField(resource, test.label, object) === test.value) === test.equal),
  }
}
