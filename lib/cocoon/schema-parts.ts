import { BACKENDS, CONN_TYPES, DEFAULT_BACKEND, DEFAULT_OS_TYPE, OS_TYPES } from './enums.ts'
import type { Schema } from './schema.ts'

/** Schemas that both kinds, or agents and toolboxes, have in common (contract 3.1, 3.2). */
export const TEXT: Schema = { type: 'string' }
export const FLAG: Schema = { type: 'boolean' }
export const INT32: Schema = { type: 'integer', format: 'int32' }
export const INT64: Schema = { type: 'integer', format: 'int64' }
export const PORT: Schema = { ...INT32, minimum: 0, maximum: 65535 }
export const CONN_TYPE: Schema = { type: 'string', enum: CONN_TYPES }

const QUANTITY: Schema = {
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  pattern:
    '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
  'x-kubernetes-int-or-string': true,
}

const QUANTITIES: Schema = { type: 'object', additionalProperties: QUANTITY }

const RESOURCES: Schema = {
  type: 'object',
  properties: {
    claims: {
      type: 'array',
      items: { type: 'object', required: ['name'], properties: { name: TEXT, request: TEXT } },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    },
    limits: QUANTITIES,
    requests: QUANTITIES,
  },
}

/** The options that agents and toolboxes share, inlined in both (contract 3.1). */
export const VM_OPTIONS: Readonly<Record<string, Schema>> = {
  os: { type: 'string', enum: OS_TYPES, default: DEFAULT_OS_TYPE },
  backend: { type: 'string', enum: BACKENDS, default: DEFAULT_BACKEND },
  connType: CONN_TYPE,
  network: TEXT,
  forcePull: FLAG,
  noDirectIO: FLAG,
  probePort: PORT,
  storage: QUANTITY,
  resources: RESOURCES,
}

const SOURCE: Schema = {
  type: 'object',
  properties: { name: { type: 'string', default: '' }, optional: FLAG },
  'x-kubernetes-map-type': 'atomic',
}

export const ENV_FROM: Schema = {
  type: 'array',
  items: { type: 'object', properties: { prefix: TEXT, configMapRef: SOURCE, secretRef: SOURCE } },
}

export const CONDITIONS: Schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['lastTransitionTime', 'message', 'reason', 'status', 'type'],
    properties: {
      lastTransitionTime: { type: 'string', format: 'date-time' },
      message: { type: 'string', maxLength: 32768 },
      observedGeneration: { ...INT64, minimum: 0 },
      reason: {
        type: 'string',
        minLength: 1,
        maxLength: 1024,
        pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
      },
      status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
      type: {
        type: 'string',
        maxLength: 316,
        pattern:
          '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
      },
    },
  },
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['type'],
}

/** The root of a custom resource: its metadata is the API server's to check. */
export function resourceSchema(spec: Schema, status: Schema): Schema {
  const properties = { apiVersion: TEXT, kind: TEXT, metadata: { type: 'object' }, spec, status } as const
  return { type: 'object', properties }
}
