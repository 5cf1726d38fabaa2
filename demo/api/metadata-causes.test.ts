import { describe, expect, it } from 'vitest'
import { BUILTIN_RESOURCES } from './builtin-resources.ts'
import { metadataCauses } from './metadata-causes.ts'

const resource = (id: string) => {
  const found = BUILTIN_RESOURCES.find((one) => one.id === id)
  if (!found) throw new Error(`${id} is not in the table`)
  return found
}
const owner = { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'u' }
const named = (fields: object) => ({ metadata: { name: 'x', ...fields } })

describe('what is wrong with metadata', () => {
  it.each<[string, object, [field: string, beginning: string][]]>([
    ['configmaps', {}, []],
    ['configmaps', { name: '' }, [['metadata.name', 'Required value: name or generateName is required']]],
    ['configmaps', { name: 'A' }, [['metadata.name', 'Invalid value: "A": a lowercase RFC 1123 subdomain']]],
    [
      'configmaps',
      { name: 'a'.repeat(254) },
      [['metadata.name', `Invalid value: "${'a'.repeat(254)}": must be no more than 253 characters`]],
    ],
    ['configmaps', { generateName: 'a-' }, []],
    [
      'configmaps',
      { generateName: 'AB-' },
      [['metadata.generateName', 'Invalid value: "AB-": a lowercase RFC 1123 subdomain']],
    ],
    ['namespaces', { name: 'a.b' }, [['metadata.name', 'Invalid value: "a.b": must not contain dots']]],
    ['roles.rbac.authorization.k8s.io', { name: 'system:A' }, []],
    [
      'roles.rbac.authorization.k8s.io',
      { name: 'a/b' },
      [['metadata.name', 'Invalid value: "a/b": may not contain \'/\'']],
    ],
    [
      'pods',
      { labels: { 'a b': '' } },
      [['metadata.labels', 'Invalid value: "a b": name part must consist']],
    ],
    ['pods', { labels: { a: 'b c' } }, [['metadata.labels', 'Invalid value: "b c": a valid label must be']]],
    ['pods', { annotations: { 'Upper.IO/ok': 'any text' } }, []],
    [
      'pods',
      { annotations: { 'a/b/c': '' } },
      [['metadata.annotations', 'Invalid value: "a/b/c": a valid label key']],
    ],
    [
      'pods',
      { annotations: { a: 'x'.repeat(262_144) } },
      [['metadata.annotations', 'Too long: may not be more than 262144 bytes']],
    ],
    ['pods', { finalizers: ['orphan', 'example.com/a'] }, []],
    [
      'pods',
      { finalizers: ['a'] },
      [
        [
          'metadata.finalizers[0]',
          'Invalid value: "a": name is neither a standard finalizer name nor is it fully qualified',
        ],
      ],
    ],
    ['pods', { ownerReferences: [owner] }, []],
    [
      'pods',
      { ownerReferences: [{ ...owner, uid: undefined }] },
      [['metadata.ownerReferences.uid', 'Invalid value: "": must not be empty']],
    ],
    [
      'pods',
      {
        ownerReferences: [
          { ...owner, controller: true },
          { ...owner, name: 'b', controller: true },
        ],
      },
      [['metadata.ownerReferences', 'Invalid value: [{']],
    ],
  ])('%s with %j', (id, fields, expected) => {
    const causes = metadataCauses(resource(id), named(fields), undefined)
    const cut = causes.map(({ field, message }, at) => [field, message.slice(0, expected[at]?.[1].length)])
    expect(cut).toEqual(expected)
  })

  it('counts new finalizers only while an object is going', () => {
    const going = { metadata: { name: 'x', deletionTimestamp: 'now', finalizers: ['example.com/a'] } }
    const more = named({ finalizers: ['example.com/a', 'example.com/b'] })
    expect(metadataCauses(resource('pods'), more, going)).toEqual([
      {
        reason: 'FieldValueForbidden',
        field: 'metadata.finalizers',
        message:
          'Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/b"}',
      },
    ])
    expect(metadataCauses(resource('pods'), more, named({}))).toEqual([])
  })
})
