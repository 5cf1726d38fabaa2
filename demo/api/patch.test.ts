import { describe, expect, it } from 'vitest'
import { jsonPatch } from './json-patch.ts'
import { mergePatch } from './merge-patch.ts'
import { structOf } from './openapi/structure.ts'
import { strategicMerge } from './strategic-merge.ts'

const POD = structOf('io.k8s.api.core.v1.Pod')?.node

describe('merge patch (the cases of RFC 7386)', () => {
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j + %j', (target, patch, expected) => {
    const before = structuredClone(target)
    expect(mergePatch(target, patch)).toEqual(expected)
    expect(target).toEqual(before)
  })

  it('does not reach prototypes', () => {
    mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}'))
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('JSON patch', () => {
  it.each([
    [{ a: 1 }, [{ op: 'replace', path: '/a', value: 2 }], { a: 2 }],
    [{ a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
    [{ a: { 'b/c': 1 } }, [{ op: 'remove', path: '/a/b~1c' }], { a: {} }],
    [{ a: 1 }, [{ op: 'move', from: '/a', path: '/b' }], { b: 1 }],
    [{ a: 1 }, [{ op: 'copy', from: '/a', path: '/b' }], { a: 1, b: 1 }],
    [{ a: 1 }, [{ op: 'replace', path: '', value: { b: 1 } }], { b: 1 }],
    [{ a: 1 }, [{ op: 'replace', path: '/nowhere', value: 2 }], { a: 1, nowhere: 2 }],
  ])('%j after %j', (target, patch, expected) => {
    const before = structuredClone(target)
    expect(jsonPatch(target, patch)).toEqual(expected)
    expect(target).toEqual(before)
  })

  it.each([
    [[{ op: 'test', path: '/a', value: 2 }], 422],
    [[{ op: 'replace', path: '/no/where', value: 2 }], 422],
    [[{ op: 'add', path: '/a/b/c', value: 2 }], 422],
    [[{ op: 'invent', path: '/a' }], 422],
    [[{ op: 'add', path: 'a' }], 422],
    [[{ op: 'copy', path: '/a' }], 422],
    [{}, 422],
  ])('%j is refused with %i', (patch, code) => {
    expect(() => jsonPatch({ a: 1 }, patch)).toThrow(
      expect.objectContaining({ status: expect.objectContaining({ code }) }),
    )
  })
})

describe('strategic merge', () => {
  const pod = {
    metadata: {
      labels: { a: '1', b: '2' },
      finalizers: ['x', 'y'],
      ownerReferences: [{ uid: 'u1', name: 'one' }],
    },
    spec: {
      containers: [
        { name: 'main', image: 'a', env: [{ name: 'A', value: '1' }] },
        { name: 'side', image: 'b' },
      ],
      tolerations: [{ key: 'k' }],
    },
    status: {
      conditions: [
        { type: 'Ready', status: 'False' },
        { type: 'Other', status: 'True' },
      ],
    },
  }
  it.each([
    [
      'maps are merged, null deletes',
      { metadata: { labels: { a: null, c: '3' } } },
      { metadata: { labels: { b: '2', c: '3' } } },
    ],
    [
      'lists with a key are merged by it',
      { status: { conditions: [{ type: 'Ready', status: 'True' }, { type: 'New' }] } },
      {
        status: {
          conditions: [{ type: 'Ready', status: 'True' }, { type: 'New' }, { type: 'Other', status: 'True' }],
        },
      },
    ],
    [
      'at every depth',
      { spec: { containers: [{ name: 'main', env: [{ name: 'A', value: '2' }, { name: 'B' }] }] } },
      {
        spec: {
          containers: [
            { name: 'main', image: 'a', env: [{ name: 'A', value: '2' }, { name: 'B' }] },
            { name: 'side', image: 'b' },
          ],
        },
      },
    ],
    [
      'an item is deleted by directive',
      { spec: { containers: [{ name: 'side', $patch: 'delete' }] } },
      { spec: { containers: [{ name: 'main' }] } },
    ],
    [
      'a list is replaced by directive',
      { spec: { containers: [{ $patch: 'replace' }, { name: 'new' }] } },
      { spec: { containers: [{ name: 'new' }] } },
    ],
    [
      'a map is replaced by directive',
      { metadata: { labels: { $patch: 'replace', z: '1' } } },
      { metadata: { labels: { z: '1' } } },
    ],
    [
      'other lists are replaced',
      { spec: { tolerations: [{ key: 'z' }] } },
      { spec: { tolerations: [{ key: 'z' }] } },
    ],
    [
      'finalizers are a set',
      { metadata: { finalizers: ['y', 'z'] } },
      { metadata: { finalizers: ['x', 'y', 'z'] } },
    ],
    [
      'values are removed by directive',
      { metadata: { '$deleteFromPrimitiveList/finalizers': ['x'] } },
      { metadata: { finalizers: ['y'] } },
    ],
    [
      'order is set by directive',
      { metadata: { '$setElementOrder/finalizers': ['y', 'z'], finalizers: ['z'] } },
      { metadata: { finalizers: ['x', 'y', 'z'] } },
    ],
    [
      'only some keys are retained',
      { metadata: { labels: { $retainKeys: ['b', 'c'], c: '3' } } },
      { metadata: { labels: { b: '2', c: '3' } } },
    ],
    [
      'owners are merged by uid',
      { metadata: { ownerReferences: [{ uid: 'u2', name: 'two' }] } },
      { metadata: { ownerReferences: [{ uid: 'u2' }, { uid: 'u1' }] } },
    ],
  ])('%s', (_, patch, expected) => {
    const before = structuredClone(pod)
    const merged = strategicMerge(POD, pod, patch)
    expect(merged).toMatchObject(expected)
    expect(pod).toEqual(before)
  })

  it('takes what the target does not have without directives', () => {
    expect(
      strategicMerge(POD, {}, { spec: { containers: [{ name: 'a', $patch: 'delete' }], x: null } }),
    ).toEqual({
      spec: { containers: [] },
    })
  })

  it.each([
    [{ spec: { containers: [{ image: 'x' }] } }, 'does not contain declared merge key: name'],
    [{ spec: { $patch: 'invent' } }, 'unknown patch type: invent in map: map[$patch:invent]'],
    [{ spec: { containers: [{ name: 'a', $patch: 'merge' }] } }, 'merging lists cannot yet be specified'],
    [{ spec: { containers: ['a'] } }, 'list element types are not identical: [[map[env:'],
    [
      { metadata: { '$setElementOrder/finalizers': ['y'], finalizers: ['z'] } },
      "The order in patch list:\n[z]\n doesn't match $setElementOrder list:\n[y]\n",
    ],
    [{ metadata: { labels: { $retainKeys: ['b'], c: '3' } } }, 'invalid patch format of retainKeys'],
  ])('%j is refused', (patch, message) => {
    expect(() => strategicMerge(POD, pod, patch)).toThrow(message)
  })
})
