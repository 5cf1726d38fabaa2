import type { SentObject } from './body.ts'
import type { KubeJson } from './json.ts'
import { attemptDecode, decodeWithStrictness } from './openapi/decode-object.ts'
import type { Patched } from './patch.ts'
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
 * Warnings about fields that an object gives twice or that will be dropped, as `fieldValidation` asks: Warn unless told.
 * Throws 400 with all of them when it asks for Strict, 400 for what cannot be read at all, and 422 for a level that
 * there is not.
 */
export function fieldWarnings(route: ObjectRoute, { value, duplicates, lines }: SentObject): string[] {
  const level = levelOf(route)
  const { kind, version } = route.resource
  const { strict } = decodeWithStrictness(route.resource, value, duplicates)
  if (level === 'Ignore') return []
  if (level === 'Warn') return [...lines, ...strict]
  const yaml = lines.length > 0 ? [`yaml: unmarshal errors:\n  ${lines.join('\n  ')}`] : []
  const faults = [...yaml, ...strict]
  if (faults.length === 0) return []
  const why = `strict decoding error: ${faults.join(', ')}`
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`)
}

/** What a patch makes of an object, read as fieldWarnings reads what is sent whole. */
export interface ReadPatch {
  object: KubeJson
  warnings: string[]
}

/** Reads the outcome of a patch. Throws 422, which names the patch or its outcome as the original does. */
export function readPatched(route: ObjectRoute, patched: Patched): ReadPatch {
  const level = levelOf(route)
  const attempt = attemptDecode(route.resource, patched.value, { patch: patched.dialect })
  const refuse = (why: string) => {
    const message = `Invalid value: ${JSON.stringify(patched.printed())}: ${why}`
    return invalid({ group: '', kind: '' }, '', [{ reason: 'FieldValueInvalid', message, field: 'patch' }])
  }
  if (!attempt.ok) throw refuse(attempt.why)
  const { object, strict } = attempt
  if (level === 'Strict' && strict.length > 0) throw refuse(`strict decoding error: ${strict.join(', ')}`)
  return { object, warnings: level === 'Ignore' ? [] : [...strict] }
}
