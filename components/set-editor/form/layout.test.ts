import { expect, it } from 'vitest'
import type { Schema } from '../../../lib/cocoon/schema.ts'
import { EDITOR_SCHEMA } from '../document/editor-schema.ts'
import { controlOf, SECTIONS } from './layout.ts'
import type { Field } from './layout.ts'

/** Every field of the schema that holds a value, as `spec.toolboxes[].name`. */
function leaves(schema: Schema, path: string): string[] {
  if (schema.items) return leaves(schema.items, `${path}[]`)
  if (!schema.properties) return [path]
  return Object.entries(schema.properties).flatMap(([name, property]) =>
    leaves(property, path === '' ? name : `${path}.${name}`),
  )
}

function pathsOf(fields: readonly Field[], top = ''): string[] {
  return fields.flatMap(({ path, items }) => {
    const whole = `${top}${path}`
    return items ? pathsOf([...items.fields, ...(items.more ?? [])], `${whole}[].`) : [whole]
  })
}

const PATHS = SECTIONS.flatMap(({ fields, more = [] }) => pathsOf([...fields, ...more]))
const OWN_MEMBERS = /resources\.(limits|requests)\.(cpu|memory)$/

it('has every field of the CRD, once, and no other', () => {
  const wanted = leaves(EDITOR_SCHEMA, '').filter((path) => path !== 'apiVersion' && path !== 'kind')
  expect(PATHS.filter((path) => !OWN_MEMBERS.test(path)).sort()).toEqual(wanted.sort())
})

it.each([
  ['spec.agent.replicas', 'number'],
  ['spec.agent.storage', 'amount'],
  ['spec.agent.resources.limits.cpu', 'amount'],
  ['spec.agent.resources.limits', 'map'],
  ['spec.agent.os', 'choice'],
  ['spec.suspend', 'flag'],
  ['spec.toolboxes', 'list'],
  ['spec.toolboxes[].vncPort', 'number'],
  ['metadata.labels', 'map'],
  ['metadata.name', 'text'],
])('fills in %s as %s', (path, control) => expect(controlOf(path)).toBe(control))
