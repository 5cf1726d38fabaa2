import { describe, expect, it } from 'vitest'
import type { CocoonSet, CocoonSetSpec } from './crd.ts'
import { validateCocoonSetTransition, validateHibernationTransition } from './transitions.ts'

const set = (spec: CocoonSetSpec): CocoonSet => ({ spec })
const RELEASE = {
  field: 'spec',
  message: 'hibernatePolicy=release requires agent.replicas=0 and no toolboxes',
}
const CLASS = { field: 'spec', message: 'snapshotCompatibilityClass is immutable once set' }

describe('the release policy', () => {
  it.each<[CocoonSetSpec, boolean]>([
    [{ hibernatePolicy: 'release' }, true],
    [{ hibernatePolicy: 'release', agent: { image: 'i' } }, true],
    [{ hibernatePolicy: 'release', agent: { replicas: 0 }, toolboxes: [] }, true],
    [{ hibernatePolicy: 'release', agent: { replicas: 1 } }, false],
    [{ hibernatePolicy: 'release', toolboxes: [{ name: 'a' }] }, false],
    [{ hibernatePolicy: 'retain', agent: { replicas: 1 }, toolboxes: [{ name: 'a' }] }, true],
    [{ agent: { replicas: 1 } }, true],
  ])('allows %j: %j', (spec, allowed) => {
    const errors = allowed ? [] : [RELEASE]
    expect(validateCocoonSetTransition(null, set(spec))).toEqual(errors)
    expect(validateCocoonSetTransition(set({}), set(spec))).toEqual(errors)
  })
})

describe('the snapshot class', () => {
  it.each([
    [undefined, undefined, true],
    [undefined, 'a', true],
    ['a', 'a', true],
    ['a', 'b', false],
    ['a', '', false],
    ['a', undefined, false],
    ['', 'a', false],
  ])('may go from %j to %j: %j', (before, after, allowed) => {
    const spec = (value?: string) => (value === undefined ? {} : { snapshotCompatibilityClass: value })
    expect(validateCocoonSetTransition(set(spec(before)), set(spec(after)))).toEqual(allowed ? [] : [CLASS])
  })

  it('is reported beside other errors', () => {
    const old = set({ snapshotCompatibilityClass: 'a' })
    const next = set({ hibernatePolicy: 'release', agent: { replicas: 2 } })
    expect(validateCocoonSetTransition(old, next)).toEqual([RELEASE, CLASS])
  })
})

describe('the reference of a hibernation', () => {
  it.each([
    ['p', 'p', true],
    ['p', 'q', false],
    [undefined, 'q', true],
  ])('may go from %j to %j: %j', (before, after, allowed) => {
    const old = before === undefined ? null : { spec: { podRef: { name: before } } }
    const next = { spec: { podRef: { name: after }, desire: 'Wake' } }
    const error = { field: 'spec.podRef', message: 'spec.podRef is immutable' }
    expect(validateHibernationTransition(old, next)).toEqual(allowed ? [] : [error])
  })
})
