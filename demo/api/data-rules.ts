import type { BuiltinRule } from './builtin-rule.ts'
import { scanJson } from './body-json-scan.ts'
import { faultCauses } from './builtin-rules-checks.ts'
import { configKeyFaults } from './builtin-rules-names.ts'
import { forbiddenField, invalidValue, requiredValue } from './field-causes.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, sameJson, textAt, valueAt } from './json.ts'
import type { FieldCause } from './status.ts'

const FIXED = 'field is immutable when `immutable` is set'
const MOST_BYTES = 2 ** 20

const recordAt = (object: KubeJson, field: string): JsonRecord => {
  const found = object[field]
  return isRecord(found) ? found : {}
}

const keyCauses = (object: KubeJson, field: string): FieldCause[] =>
  Object.keys(recordAt(object, field)).flatMap((key) =>
    faultCauses(`${field}[${key}]`, key, configKeyFaults(key)),
  )

/** What is fixed once the object says so, itself included. */
function immutableCauses(object: KubeJson, old: KubeJson, fields: readonly string[]): FieldCause[] {
  if (old.immutable !== true) return []
  const causes = object.immutable === true ? [] : [forbiddenField('immutable', FIXED)]
  const changed = fields.filter((field) => !sameJson(object[field] ?? {}, old[field] ?? {}))
  return [...causes, ...changed.map((field) => forbiddenField(field, FIXED))]
}

const bytesOf = (base64: unknown) => Buffer.byteLength(String(base64), 'base64')

function sizeCauses(total: number, field: string): FieldCause[] {
  if (total <= MOST_BYTES) return []
  const message = `Too long: may not be more than ${MOST_BYTES} bytes`
  return [{ reason: 'FieldValueTooLong', message, field }]
}

const total = (data: JsonRecord, size: (value: unknown) => number) =>
  Object.values(data).reduce<number>((sum, value) => sum + size(value), 0)

/** Keys that a secret of a type must have. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
}
/** One of both is enough. */
const EITHER: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/basic-auth': ['username', 'password'],
}
const ACCOUNT_TOKEN = 'kubernetes.io/service-account-token'
const ACCOUNT_NAME = 'kubernetes.io/service-account.name'
const JSON_KEYS = new Set(['.dockercfg', '.dockerconfigjson'])

const missing = (key: string) => requiredValue(`data[${key}]`)

/** Contents are never printed, not even to say what is wrong with them. */
function jsonCauses(data: JsonRecord, key: string): FieldCause[] {
  const text = Buffer.from(textAt(data, key), 'base64').toString()
  const { error } = scanJson(text)
  return error === undefined ? [] : [invalidValue(`data[${key}]`, '<secret contents redacted>', error)]
}

function typeCauses(secret: KubeJson): FieldCause[] {
  const data = recordAt(secret, 'data')
  const type = textAt(secret, 'type')
  if (type === ACCOUNT_TOKEN && !secret.metadata.annotations?.[ACCOUNT_NAME]) {
    return [requiredValue(`metadata.annotations[${ACCOUNT_NAME}]`)]
  }
  const either = EITHER[type] ?? []
  if (either.length > 0 && !either.some((key) => key in data)) return either.map(missing)
  const required = REQUIRED[type] ?? []
  return required.flatMap((key) => {
    if (!(key in data)) return [missing(key)]
    return JSON_KEYS.has(key) ? jsonCauses(data, key) : []
  })
}

function secretCauses(secret: KubeJson, old: KubeJson | undefined): FieldCause[] {
  const data = recordAt(secret, 'data')
  const own = [...keyCauses(secret, 'data'), ...sizeCauses(total(data, bytesOf), 'data')]
  const fixed =
    old && secret.type !== old.type ? [invalidValue('type', secret.type, 'field is immutable')] : []
  return [...own, ...typeCauses(secret), ...fixed, ...(old ? immutableCauses(secret, old, ['data']) : [])]
}

/** Texts become data, over what the data says already; they are never stored as such. */
function withStringData(secret: KubeJson): KubeJson {
  const { stringData, ...rest } = secret
  if (!isRecord(stringData)) return secret
  const entries = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString('base64'),
  ])
  return {
    ...rest,
    metadata: secret.metadata,
    data: { ...recordAt(secret, 'data'), ...Object.fromEntries(entries) },
  }
}

function configCauses(config: KubeJson, old: KubeJson | undefined): FieldCause[] {
  const data = recordAt(config, 'data')
  const binary = recordAt(config, 'binaryData')
  const twice = Object.keys(data)
    .filter((key) => Object.hasOwn(binary, key))
    .map((key) => invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData'))
  const size = total(data, (value) => Buffer.byteLength(String(value))) + total(binary, bytesOf)
  return [
    ...keyCauses(config, 'data'),
    ...twice,
    ...keyCauses(config, 'binaryData'),
    // The original has no name for the whole.
    ...sizeCauses(size, '[]'),
    ...(old ? immutableCauses(config, old, ['data', 'binaryData']) : []),
  ]
}

/** A certificate that is none is taken all the same. */
function certificateWarnings(secret: KubeJson): string[] {
  const certificate = Buffer.from(textAt(secret, 'data', 'tls.crt'), 'base64').toString()
  const isWrong = secret.type === 'kubernetes.io/tls' && !certificate.includes('-----BEGIN')
  return isWrong ? ['tls: failed to find any PEM data in certificate input'] : []
}

/** Objects that hold what others read. */
export const DATA_RULES: Readonly<Record<string, BuiltinRule>> = {
  configmaps: { validate: configCauses },
  secrets: {
    create: (secret) => {
      const stored = withStringData(secret)
      return { ...stored, type: textAt(stored, 'type') || 'Opaque' }
    },
    update: (secret, old) => {
      const stored = withStringData(secret)
      return { ...stored, type: valueAt(stored, 'type') || textAt(old, 'type') }
    },
    validate: secretCauses,
    warn: certificateWarnings,
  },
}
