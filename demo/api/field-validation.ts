import { decodeWithStrictness } from './openapi/decode-object.ts'
import type { ObjectRoute } from './route.ts'
import { badRequest, invalid } from './status.ts'

type Level = 'Ignore' | 'Warn' | 'Strict'

const LEVELS: Readonly<Record<string, Level>> = {
  '': 'Warn',
  Ignore: 'Ignore',
  Strict: 'Strict',
  Warn: 'Warn',
}
const OPTIONS: Readonly<Record<string, string>> = {
  create: 'CreateOptions',
  patch: 'PatchOptions',
  update: 'UpdateOptions',
}

function levelOf(route: ObjectRoute): Level {
  const asked = route.query.get('fieldValidation') ?? ''
  const level = Object.hasOwn(LEVELS, asked) ? LEVELS[asked] : undefined
  if (level) return level
  const supported = Object.keys(LEVELS).map((one) => `"${one}"`)
  const message = `Unsupported value: ${JSON.stringify(asked)}: supported values: ${supported.join(', ')}`
  const cause = { reason: 'FieldValueNotSupported', message, field: 'fieldValidation' }
  throw invalid({ group: 'meta.k8s.io', kind: OPTIONS[route.verb] ?? 'UpdateOptions' }, '', [cause])
}

/**
 * Warnings about fields that an object gives twice (`duplicates`, from its text) or that will be dropped, as
 * `fieldValidation` asks: Warn unless told. Throws 400 with all of them when it asks for Strict, 400 for what
 * cannot be read at all, and 422 for a level that there is not.
 */
export function fieldWarnings(
  route: ObjectRoute,
  object: unknown,
  duplicates: readonly string[] = [],
): string[] {
  const level = levelOf(route)
  const { kind, version } = route.resource
  const { strict } = decodeWithStrictness(route.resource, object, duplicates)
  if (level === 'Ignore') return []
  if (level === 'Warn' || strict.length === 0) return [...strict]
  const why = `strict decoding error: ${strict.join(', ')}`
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`)
}

/** Warnings as the header that kubectl prints. */
export function warningHeaders(warnings: readonly string[]): { headers?: { warning: string[] } } {
  if (warnings.length === 0) return {}
  const quoted = (text: string) => text.replaceAll(/[\\"]/g, '\\$&').replaceAll(/[^\x20-\x7e]/g, '?')
  return { headers: { warning: warnings.map((text) => `299 - "${quoted(text)}"`) } }
}
