import { describe, expect, it } from 'vitest'
import type { Pod } from './kube-json.ts'
import { applyHibernateState, readHibernateState } from './hibernate-state.ts'

const KEY = 'vm.cocoonstack.io/hibernate'

describe('readHibernateState', () => {
  it.each([
    ['true', true],
    ['True', false],
    ['1', false],
    ['false', false],
    ['true ', false],
    ['', false],
  ])('of %j is %j', (text, expected) => {
    expect(readHibernateState({ metadata: { annotations: { [KEY]: text } } })).toBe(expected)
  })

  it.each([null, undefined, {}])('of %j is false', (pod) => {
    expect(readHibernateState(pod)).toBe(false)
  })
})

describe('applyHibernateState', () => {
  it('sets the key, and deletes it again', () => {
    const pod: Pod = {}
    expect(applyHibernateState(true, pod)).toBe(pod)
    expect(pod).toEqual({ metadata: { annotations: { [KEY]: 'true' } } })
    expect(applyHibernateState(false, pod)).toEqual({ metadata: { annotations: {} } })
  })

  it('leaves other keys alone', () => {
    const pod: Pod = { metadata: { annotations: { [KEY]: 'maybe', a: 'b' } } }
    expect(applyHibernateState(false, pod)).toEqual({ metadata: { annotations: { a: 'b' } } })
  })

  it.each([{}, { metadata: {} }])('creates no map to delete from in %j', (pod) => {
    expect(applyHibernateState(false, structuredClone(pod))).toEqual(pod)
  })

  it.each([true, false])('of %j ignores a missing pod', (hibernate) => {
    expect(applyHibernateState(hibernate, null)).toBeNull()
  })
})
