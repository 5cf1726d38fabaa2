import {
  API_GROUP,
  API_VERSION_NAME,
  KIND_COCOON_HIBERNATION,
  KIND_COCOON_SET,
  PLURAL_COCOON_HIBERNATIONS,
  PLURAL_COCOON_SETS,
} from './keys.ts'
import { COCOON_HIBERNATION_SCHEMA } from './schema-hibernation.ts'
import { COCOON_SET_SCHEMA } from './schema-set.ts'
import { COCOON_HIBERNATION_WORDS, COCOON_SET_WORDS, withWords } from './schema-words.ts'
import type { Schema } from './schema.ts'

/** A column of `kubectl get`, filled from `jsonPath` (contract 3.2, 3.3). */
export interface PrinterColumn {
  name: string
  type: 'string' | 'integer' | 'date'
  jsonPath: string
}

interface Names {
  kind: string
  listKind: string
  plural: string
  singular: string
  shortNames: readonly string[]
  categories: readonly string[]
}

const AGE: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }

export const COCOON_SET_COLUMNS: readonly PrinterColumn[] = [
  { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
  { name: 'Ready', type: 'integer', jsonPath: '.status.readyAgents' },
  { name: 'Desired', type: 'integer', jsonPath: '.status.desiredAgents' },
  AGE,
]

export const COCOON_HIBERNATION_COLUMNS: readonly PrinterColumn[] = [
  { name: 'Pod', type: 'string', jsonPath: '.spec.podRef.name' },
  { name: 'Desire', type: 'string', jsonPath: '.spec.desire' },
  { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
  AGE,
]

const SET_NAMES: Names = {
  kind: KIND_COCOON_SET,
  listKind: `${KIND_COCOON_SET}List`,
  plural: PLURAL_COCOON_SETS,
  singular: 'cocoonset',
  shortNames: ['cs', PLURAL_COCOON_SETS],
  categories: ['cocoon'],
}

const HIBERNATION_NAMES: Names = {
  kind: KIND_COCOON_HIBERNATION,
  listKind: `${KIND_COCOON_HIBERNATION}List`,
  plural: PLURAL_COCOON_HIBERNATIONS,
  singular: 'cocoonhibernation',
  shortNames: ['ch', PLURAL_COCOON_HIBERNATIONS],
  categories: ['cocoon'],
}

/** The definition of CocoonSets as an `apiextensions.k8s.io/v1` object (contract 1.1, 3). */
export const COCOON_SET_CRD = definition(
  SET_NAMES,
  withWords(COCOON_SET_SCHEMA, COCOON_SET_WORDS),
  COCOON_SET_COLUMNS,
)

/** The definition of CocoonHibernations as an `apiextensions.k8s.io/v1` object (contract 1.1, 3). */
export const COCOON_HIBERNATION_CRD = definition(
  HIBERNATION_NAMES,
  withWords(COCOON_HIBERNATION_SCHEMA, COCOON_HIBERNATION_WORDS),
  COCOON_HIBERNATION_COLUMNS,
)

function definition(
  names: Names,
  openAPIV3Schema: Schema,
  additionalPrinterColumns: readonly PrinterColumn[],
) {
  const version = {
    name: API_VERSION_NAME,
    served: true,
    storage: true,
    schema: { openAPIV3Schema },
    subresources: { status: {} },
    additionalPrinterColumns,
  }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${API_GROUP}` },
    spec: { group: API_GROUP, names, scope: 'Namespaced', versions: [version] },
  }
}
