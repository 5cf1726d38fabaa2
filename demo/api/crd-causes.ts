import { isEstablished } from './crd-naming.ts'
import { invalidValue, notSupported, requiredValue } from './field-causes.ts'
import type { KubeJson } from './json.ts'
import { listAt, textAt, valueAt } from './json.ts'
import { subdomainFaults } from './qualified-name.ts'
import type { FieldCause } from './status.ts'

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const LABEL_RULE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end " +
  "with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
const MIXED = 'may have mixed case, but should otherwise match: '

const labelFaults = (text: string, said = ''): string[] =>
  [
    ...(text.length > 63 ? ['must be no more than 63 characters'] : []),
    ...(LABEL.test(text) ? [] : [LABEL_RULE]),
  ].map((fault) => said + fault)

const named = (field: string, text: string, said = ''): FieldCause[] =>
  text === ''
    ? [requiredValue(field)]
    : labelFaults(said ? text.toLowerCase() : text, said).map((fault) => invalidValue(field, text, fault))

function nameCauses(crd: KubeJson): FieldCause[] {
  const at = (name: string) => textAt(crd, 'spec', 'names', name)
  const field = 'spec.names'
  const causes = [
    ...named(`${field}.plural`, at('plural')),
    ...named(`${field}.singular`, at('singular')),
    ...named(`${field}.kind`, at('kind'), MIXED),
    ...named(`${field}.listKind`, at('listKind'), MIXED),
    ...listAt(crd, 'spec', 'names', 'shortNames').flatMap((one, index) =>
      named(`${field}.shortNames[${index}]`, String(one)),
    ),
  ]
  if (at('kind') && at('kind') === at('listKind')) {
    causes.push(invalidValue(`${field}.listKind`, at('listKind'), 'kind and listKind may not be the same'))
  }
  return causes
}

/** A version as Go prints it within an error; a schema that all versions share is told elsewhere. */
function printedVersion(version: unknown): object {
  const at = (name: string) => valueAt(version, name)
  return {
    Name: textAt(version, 'name'),
    Served: at('served') === true,
    Storage: at('storage') === true,
    Deprecated: at('deprecated') === true,
    DeprecationWarning: at('deprecationWarning') ?? null,
    Schema: null,
    Subresources: null,
    AdditionalPrinterColumns: null,
    SelectableFields: null,
  }
}

function versionCauses(crd: KubeJson): FieldCause[] {
  const field = 'spec.versions'
  const versions = listAt(crd, 'spec', 'versions')
  const causes = versions.flatMap((version, index) => {
    const name = textAt(version, 'name')
    const faults = labelFaults(name).map((fault) => invalidValue(`${field}[${index}].name`, name, fault))
    // A lone version is told of twice: as the only one, and as one of them.
    return versions.length === 1
      ? [...labelFaults(name).map((fault) => invalidValue('spec.version', name, fault)), ...faults]
      : faults
  })
  const names = versions.map((one) => textAt(one, 'name'))
  const given = Array.isArray(valueAt(crd, 'spec', 'versions')) ? versions.map(printedVersion) : null
  if (new Set(names).size < names.length)
    causes.push(invalidValue(field, given, 'must contain unique version names'))
  const stored = versions.filter((one) => valueAt(one, 'storage') === true).length
  if (stored !== 1) {
    causes.push(invalidValue(field, given, 'must have exactly one version marked as storage version'))
  }
  if (stored === 0) {
    causes.push(invalidValue('status.storedVersions', null, 'must have at least one stored version'))
  }
  return causes
}

const SCOPES = ['Cluster', 'Namespaced']

function immutable(crd: KubeJson, old: KubeJson, ...path: string[]): FieldCause[] {
  const value = valueAt(crd, ...path)
  return value === valueAt(old, ...path) ? [] : [invalidValue(path.join('.'), value, 'field is immutable')]
}

/** What an update of a definition may not change, of which objects may exist already. */
function changeCauses(crd: KubeJson, old: KubeJson): FieldCause[] {
  const established = isEstablished(old)
  return [
    ...immutable(crd, old, 'spec', 'group'),
    ...(established ? immutable(crd, old, 'spec', 'scope') : []),
    ...(established ? immutable(crd, old, 'spec', 'names', 'kind') : []),
    ...immutable(crd, old, 'spec', 'names', 'plural'),
  ]
}

function groupCauses(group: string): FieldCause[] {
  if (group === '') return [requiredValue('spec.group')]
  const causes = subdomainFaults(group).map((fault) => invalidValue('spec.group', group, fault))
  return group.includes('.')
    ? causes
    : [...causes, invalidValue('spec.group', group, 'should be a domain with at least one dot')]
}

/** What is wrong with a CustomResourceDefinition besides its schemas. */
export function definitionCauses(crd: KubeJson, old: KubeJson | undefined): FieldCause[] {
  const group = textAt(crd, 'spec', 'group')
  const scope = textAt(crd, 'spec', 'scope')
  const { name = '' } = crd.metadata
  const wanted = `${textAt(crd, 'spec', 'names', 'plural')}.${group}`
  const why = 'must be spec.names.plural+"."+spec.group'
  return [
    ...(old ? changeCauses(crd, old) : []),
    ...(old || name === wanted ? [] : [invalidValue('metadata.name', name, why)]),
    ...groupCauses(group),
    ...(scope === '' ? [requiredValue('spec.scope')] : []),
    ...(scope === '' || SCOPES.includes(scope) ? [] : [notSupported('spec.scope', scope, SCOPES)]),
    ...versionCauses(crd),
    ...nameCauses(crd),
  ]
}
