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

const OPERATOR = /^(.*?)(!=|==|=)(.*)$/s
const unescape = (value: string) => value.replaceAll(/\\([\\,=])/g, '$1')

type FieldTest = { label: string; value: string; equal: boolean }

/** Splits at commas that are not escaped. */
const clauses = (selector: string) => selector.split(/(?<!\\),/).filter((part) => part.trim() !== '')

/** Compiles a fieldSelector for a resource. Throws 400 for labels that it does not support. */
function fieldTests(resource: Resource, selector: string | null): FieldTest[] {
  return clauses(selector ?? '').map((text) => {
    const match = OPERATOR.exec(text)
    if (!match) throw badRequest(`invalid selector: '${selector}'; can't understand '${text}'`)
    const label = (match[1] ?? '').trim()
    if (!supportsField(resource, label)) throw badRequest(`field label not supported: ${label}`)
    return { label, value: unescape(match[3] ?? ''), equal: match[2] !== '!=' }
  })
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
