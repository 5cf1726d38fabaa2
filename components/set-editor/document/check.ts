import { validateCocoonSetSpec } from '../../../lib/cocoon/admission-set.ts'
import type { CocoonSet } from '../../../lib/cocoon/crd.ts'
import { withCocoonSetDefaults } from '../../../lib/cocoon/defaults.ts'
import { schemaErrors } from '../../../lib/cocoon/schema-errors.ts'
import { isJsonObject, propertyOf } from '../../../lib/cocoon/schema.ts'
import type { FieldError, Schema } from '../../../lib/cocoon/schema.ts'
import {
  CLASS_IMMUTABLE,
  RELEASE_NEEDS_LONE_AGENT,
  validateCocoonSetTransition,
} from '../../../lib/cocoon/transitions.ts'
import { nearestWord } from '../../../lib/fleet/search-nearest.ts'
import { advice } from './advice.ts'
import { EDITOR_SCHEMA, schemaAt } from './editor-schema.ts'
import { isMissing } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { metadataProblems } from './metadata-check.ts'
import { fieldText, parseField, valueAt } from './path.ts'
import type { Path } from './path.ts'

const TYPE_WORDS: Partial<Record<NonNullable<Schema['type']>, string>> = {
  string: 'text: put it in quotes',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping of fields',
  array: 'a list',
}

const QUANTITY = 'is not an amount: a number and perhaps a unit, such as 500m, 2 or 4Gi'

const RANGE = /should be (greater|less) than or equal to (-?\d+)/

/** The API server's words for programs, as words for people. */
function plainWords({ field, message }: FieldError): string {
  if (message === 'Required value') return 'is required'
  const schema = schemaAt(parseField(field)) ?? {}
  if (schema['x-kubernetes-int-or-string']) return QUANTITY
  if (schema.enum) return `must be ${schema.enum.join(', ').replace(/, ([^,]*)$/, ' or $1')}`
  if (message.includes('must be of type')) {
    return `must be ${schema.type === undefined ? 'another type' : (TYPE_WORDS[schema.type] ?? schema.type)}`
  }
  const [, side, limit] = RANGE.exec(message) ?? []
  if (limit !== undefined) return `must be ${side === 'greater' ? 'at least' : 'at most'} ${limit}`
  if (message.startsWith('Too long')) return `must be at most ${schema.maxLength} characters`
  if (message.includes('at least 1 chars')) return 'is required'
  if (message.includes('should match') && field.endsWith('.name')) {
    return 'must be small letters, digits and dashes, with a letter or digit at both ends'
  }
  if (message.includes('should match')) return 'must be letters, digits, dashes, dots and underscores'
  return message
}

/** Members that no field of the schema bears. The cluster would refuse the request for them. */
function unknownFields(schema: Schema, value: unknown, path: Path): FieldProblem[] {
  const { items } = schema
  if (Array.isArray(value)) {
    return items ? value.flatMap((item, at) => unknownFields(items, item, [...path, at])) : []
  }
  if (!isJsonObject(value) || schema['x-kubernetes-int-or-string']) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const property = propertyOf(schema, name)
    if (property) return unknownFields(property, member, [...path, name])
    const names = Object.keys(schema.properties ?? {})
    if (names.length === 0) return []
    const near = nearestWord(
      name,
      names.map((known) => known.toLowerCase()),
    )
    const meant = names.find((known) => known.toLowerCase() === near)
    const message = `is not a field${path.length === 0 ? ' of a set' : ` of ${fieldText(path)}`}${meant ? `: ${meant}?` : ''}`
    return [{ path: [...path, name], message, severity: 'error' as const }]
  })
}

const CLASS_FIELD: Path = ['spec', 'snapshotCompatibilityClass']

/** The CEL rules stand on the whole spec; people look for them at the field that has to change. */
const RULES = new Map<string, { path: Path; message: string }>([
  [
    RELEASE_NEEDS_LONE_AGENT,
    {
      path: ['spec', 'hibernatePolicy'],
      message: 'release needs a lone main agent: no sub-agents and no toolboxes',
    },
  ],
  [CLASS_IMMUTABLE, { path: CLASS_FIELD, message: 'cannot be changed once it is set' }],
])

/** A rule of the cluster as a problem of the field that it is about. */
export function ruleProblem({ field, message }: FieldError): FieldProblem {
  const known = [...RULES].find(([words]) => message.includes(words))?.[1]
  return { ...(known ?? { path: parseField(field), message }), severity: 'error' }
}

/** Specifications of a wrong shape have no admission: the schema is asked first, as in the cluster. */
function specProblems(value: Record<string, unknown>, old: CocoonSet | null): FieldProblem[] {
  const { properties } = EDITOR_SCHEMA
  const spec = properties?.spec ?? {}
  const faults = schemaErrors({ type: 'object', required: ['spec'], properties: { spec } }, value)
  const shape = faults.map((error) => ({
    path: parseField(error.field),
    message: plainWords(error),
    severity: 'error' as const,
  }))
  if (faults.some(({ message }) => message.includes('must be of type'))) return shape
  // A quantity or a name that is no text would have been found above.
  const set = withCocoonSetDefaults(value)
  const rules = [...validateCocoonSetSpec(set.spec), ...validateCocoonSetTransition(old, set)].map(
    ruleProblem,
  )
  const said = new Set(shape.map(({ path }) => fieldText(path)))
  return [...shape, ...rules.filter(({ path }) => !said.has(fieldText(path))), ...advice(set)]
}

function found(value: unknown, old: CocoonSet | null): FieldProblem[] {
  if (!isJsonObject(value)) return []
  const { properties } = EDITOR_SCHEMA
  const { status: _, metadata: __, ...rest } = value
  const wrongKind = (['apiVersion', 'kind'] as const).flatMap((name): FieldProblem[] => {
    const wanted = properties?.[name]?.enum?.[0]
    return value[name] === undefined || value[name] === wanted
      ? []
      : [{ path: [name], message: `must be ${wanted}`, severity: 'error' }]
  })
  const status: FieldProblem[] =
    value.status === undefined
      ? []
      : [{ path: ['status'], message: 'is what the cluster reports; it is not sent', severity: 'warning' }]
  return [
    ...wrongKind,
    ...metadataProblems(value.metadata, old),
    ...specProblems(value, old),
    ...unknownFields(EDITOR_SCHEMA, rest, []),
    ...status,
  ]
}

/** The same complaint of the same value; which item of a list it is in does not matter. */
const identity = (value: unknown, { path, message }: FieldProblem): string =>
  `${fieldText(path)} ${message} `.replaceAll(/\[\d+\]/g, '[]') + JSON.stringify(valueAt(value, path))

/**
 * All that is wrong with a document, by field, as the cluster would find it: the CRD's schema, the webhook's rules
 * and the CEL rules (contract 3.1, 9). `old` is the set that is edited, null for a new one; `start` is what the
 * document began as. What stood there then is no error: a cluster that is newer than this dashboard knows fields and
 * words that it does not (contract 11.12), and is asked before anything is written.
 */
export function problemsOf(value: unknown, old: CocoonSet | null, start: unknown = null): FieldProblem[] {
  const stood = new Set(
    found(start, old)
      .filter((problem) => !isMissing(problem))
      .map((problem) => identity(start, problem)),
  )
  return found(value, old).map(({ path, message, severity }) => ({
    path,
    message,
    severity: stood.has(identity(value, { path, message, severity })) ? 'warning' : severity,
  }))
}
