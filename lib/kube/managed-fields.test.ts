import { describe, expect, it } from 'vitest'
import { withoutManagedFields } from './managed-fields.ts'

const emptied = (json: string) => withoutManagedFields(Buffer.from(json)).toString()
const HOSTILE = [
  ']',
  '}]',
  '"',
  '\\',
  '\\"]',
  '[',
  '"managedFields":[',
  ',"managedFields":[]',
  '}],"uid":"x"',
  '貝]',
]

describe('the record of who wrote what', () => {
  it.each<[string, string]>([
    ['{"managedFields":[{"manager":"a"}],"uid":"u"}', '{"managedFields":[],"uid":"u"}'],
    ['{"uid":"u","managedFields":[{"f:a":{}},{"b":"]"}]}', '{"uid":"u","managedFields":[]}'],
    ['{"managedFields":[]}', '{"managedFields":[]}'],
  ])('is emptied: %s', (json, expected) => {
    expect(emptied(json)).toBe(expected)
  })

  it.each([
    '',
    'managedFields',
    '{"uid":"u"}',
    '{"managedFields":null}',
    '{"managedFields": [{}]}',
    '{"managedFields":[{"a":[1]}],"uid":"u"}',
    '{"managedFields":[{"a":"never ends',
    '"managedFields":[{}]',
    '{"uid":"\\"managedFields\\":[{}]"}',
  ])('is not looked for where it is not as the API server writes it: %s', (json) => {
    expect(emptied(json)).toBe(json)
  })

  it('takes nothing else with it, whatever the texts around and inside say', () => {
    for (const outer of HOSTILE) {
      for (const inner of HOSTILE) {
        const object = {
          metadata: { note: outer, [outer]: inner, managedFields: [{ [`f:${inner}`]: {}, manager: inner }] },
          spec: { note: inner, [inner]: outer },
        }
        const rest = { ...object, metadata: { ...object.metadata, managedFields: [] } }
        expect(JSON.parse(emptied(JSON.stringify(object)))).toEqual(rest)
      }
    }
  })
})
