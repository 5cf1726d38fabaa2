import { isJsonObject, propertyOf } from '../../lib/cocoon/schema.ts'
import type { Schema } from '../../lib/cocoon/schema.ts'
import { isRecord } from './json.ts'
import type { ObjectRoute } from './route.ts'
import { badRequest } from './status.ts'

type Level = 'Ignore' | 'Warn' | 'Strict'

const LEVELS: Readonly<Record<string, Level>> = {
  '': 'Warn',
  Ignore: 'Ignore',
  Warn: 'Warn',
  Strict: 'Strict',
}
/** What every object has, whatever its schema says. */
const ROOT = new Set(['apiVersion', 'kind', 'metadata'])

function unknownFields(schema: Schema, value: unknown, path: string): string[] {
  const { items } = schema
  if (Array.isArray(value)) {
    return items ? value.flatMap((item, index) => unknownFields(items, item, `${path}[${index}]`)) : []
  }
  if (!isJsonObject(value) || schema['x-kubernetes-int-or-string']) return []
  return Object.entries(value).flatMap(([name, member]) => {
    if (path === '' && ROOT.has(name)) return []
    const field = path ? `${path}.${name}` : name
    const property = propertyOf(schema, name)
    return property ? unknownFields(property, member, field) : [`unknown field "${field}"`]
  })
}

/**
 * Warnings about fields of a custom resource that will be dropped, as `fieldValidation` asks (Warn unless
 * told). Throws 400 for the first of them when it asks for Strict.
 */
export function fieldWarnings(route: ObjectRoute, object: unknown): string[] {
  const asked = route.query.get('fieldValidation') ?? ''
  const level = Object.hasOwn(LEVELS, asked) ? LEVELS[asked] : undefined
  if (!level) throw badRequest(`fieldValidation: Unsupported value: ${JSON.stringify(asked)}`)
  const { schema, kind, version } = route.resource
  if (level === 'Ignore' || !isRecord(schema)) return []
  const found = unknownFields(schema, object, '')
  if (level === 'Warn' || found.length === 0) return found
  const why = `strict decoding error: ${found.join(', ')}`
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`)
}

/** Warnings as the header that kubectl prints. */
export function warningHeaders(warnings: readonly string[]): { headers?: { warning: string[] } } {
  if (warnings.length === 0) return {}
  const quoted = (text: string) => text.replaceAll(/[\\"]/g, '\\$&').replaceAll(/[^\x20-\x7e]/g, '?')
  return { headers: { warning: warnings.map((text) => `299 - "${quoted(text)}"`) } }
}
