import { HIBERNATION_DESIRES, HIBERNATION_PHASES } from './enums.ts'
import { CONDITIONS, INT64, resourceSchema, TEXT } from './schema-parts.ts'
import type { Schema } from './schema.ts'
import { POD_REF_IMMUTABLE } from './transitions.ts'

const SPEC: Schema = {
  type: 'object',
  required: ['desire', 'podRef'],
  properties: {
    podRef: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string', minLength: 1 } },
      'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: POD_REF_IMMUTABLE }],
    },
    desire: { type: 'string', enum: HIBERNATION_DESIRES },
  },
}

const STATUS: Schema = {
  type: 'object',
  properties: {
    observedGeneration: INT64,
    phase: { type: 'string', enum: HIBERNATION_PHASES },
    vmName: TEXT,
    conditions: CONDITIONS,
  },
}

/** Schema of CocoonHibernations at 0.3.0 (contract 3.3). */
export const COCOON_HIBERNATION_SCHEMA: Schema = resourceSchema(SPEC, STATUS)
