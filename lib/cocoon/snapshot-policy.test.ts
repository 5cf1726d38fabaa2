import { describe, expect, it } from 'vitest'
import { shouldSnapshotVM } from './snapshot-policy.ts'

describe('shouldSnapshotVM', () => {
  it.each([
    ['never', 'vk-n-c-0', false],
    ['main-only', 'vk-n-c-0', true],
    ['main-only', 'vk-n-c-1', false],
    ['main-only', 'vk-n-c-cache-0', true],
    ['main-only', 'vk-n-c-cache', false],
    ['main-only', '', false],
    ['always', 'vk-n-c-1', true],
    ['', 'vk-n-c-1', true],
    ['Never', 'vk-n-c-1', true],
    ['bogus', '', true],
  ])('under %j of %j without a role is %j', (snapshotPolicy, vmName, expected) => {
    expect(shouldSnapshotVM({ snapshotPolicy, vmName })).toBe(expected)
  })

  it.each([
    ['never', 'main', false],
    ['main-only', 'main', true],
    ['main-only', 'sub-agent', false],
    ['main-only', 'toolbox', false],
    ['main-only', '', false],
    ['always', 'toolbox', true],
    ['', 'sub-agent', true],
    ['bogus', 'toolbox', true],
  ])('under %j of a %s is %j', (snapshotPolicy, role, expected) => {
    expect(shouldSnapshotVM({ snapshotPolicy, vmName: 'vk-n-c-cache-0' }, role)).toBe(expected)
  })
})
