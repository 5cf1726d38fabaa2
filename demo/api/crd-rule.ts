import type { BuiltinRule } from './builtin-rule.ts'
import { ruleFaults } from './cel-crd-causes.ts'
import { definitionCauses } from './crd-causes.ts'
import { schemaCauses } from './crd-schema-causes.ts'
import type { KubeJson } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'

/** Names that follow from the kind, and the conversion that all have who ask for none. */
function defaulted(crd: KubeJson): KubeJson {
  const { spec } = crd
  if (!isRecord(spec) || !isRecord(spec.names)) return crd
  const kind = textAt(spec.names, 'kind')
  const names = {
    ...spec.names,
    singular: textAt(spec.names, 'singular') || kind.toLowerCase(),
    listKind: textAt(spec.names, 'listKind') || (kind && `${kind}List`),
  }
  return { ...crd, spec: { ...spec, names, conversion: spec.conversion ?? { strategy: 'None' } } }
}

/** Definitions begin without accepted names; a controller looks at them (crd-lifecycle.ts). */
function create(crd: KubeJson): KubeJson {
  const stored = listAt(crd, 'spec', 'versions').filter((one) => valueAt(one, 'storage') === true)
  const storedVersions = stored.map((one) => textAt(one, 'name'))
  const status = { conditions: null, acceptedNames: { plural: '', kind: '' }, storedVersions }
  return { ...defaulted(crd), status }
}

export const CRD_RULE: BuiltinRule = {
  create,
  update: defaulted,
  validate(crd, old) {
    const causes = [...definitionCauses(crd, old), ...schemaCauses(crd)]
    return causes.length > 0 ? causes : ruleFaults(crd, old)
  },
}
