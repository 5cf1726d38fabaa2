import { describe, expect, it } from 'vitest'
import {
  markKeepSnapshotOnDelete,
  markRestoreFromHibernate,
  readKeepSnapshotOnDelete,
  readRestoreFromHibernate,
} from './snapshot-marks.ts'

describe.each([
  ['restore-from-hibernate', readRestoreFromHibernate, markRestoreFromHibernate],
  ['keep-snapshot-on-delete', readKeepSnapshotOnDelete, markKeepSnapshotOnDelete],
])('%s', (suffix, read, mark) => {
  const key = `vm.cocoonstack.io/${suffix}`

  it.each([
    ['true', true],
    ['True', false],
    ['1', false],
    ['', false],
  ])('reads %j as %j', (text, expected) => {
    expect(read({ metadata: { annotations: { [key]: text } } })).toBe(expected)
  })

  it('is marked once for all', () => {
    const pod = mark({ metadata: { name: 'p' } })
    expect(pod).toEqual({ metadata: { name: 'p', annotations: { [key]: 'true' } } })
    expect(read(pod)).toBe(true)
  })

  it('tolerates a missing pod', () => {
    expect(read(null)).toBe(false)
    expect(mark(null)).toBeNull()
  })
})
