import { describe, expect, it } from 'vitest'
import type { MaybePod } from './kube-json.ts'
import {
  extractAgentSlot,
  extractSlotFromVMName,
  inferRoleFromAgentSlot,
  inferRoleFromVMName,
  roleForPod,
  surplusSlots,
} from './slot.ts'
import { vmNameForDeployment } from './vm-name.ts'

describe('extractAgentSlot', () => {
  it.each([
    ['team-a', 'web', 'vk-team-a-web-3', 3],
    ['team-a', 'web', 'vk-team-a-web-0', 0],
    ['team-a', 'web', 'vk-team-a-web-+3', 3],
    ['team-a', 'web', 'vk-team-a-web-003', 3],
    ['team-a', 'web', 'vk-team-a-web--3', -1],
    ['team-a', 'web', 'vk-team-a-web--0', -1],
    ['team-a', 'web', 'vk-team-a-web-sh-0', -1],
    ['team-a', 'web', 'vk-team-a-web-sh', -1],
    ['team-a', 'web', 'vk-team-a-web-', -1],
    ['team-a', 'web', 'vk-team-a-web-9223372036854775808', -1],
    ['team-a', 'web', 'vk-team-a-web-3 ', -1],
    ['team-a', 'web', 'vk-team-b-web-3', -1],
    ['team-a', 'web', 'VK-team-a-web-3', -1],
    ['team-a', 'web', '', -1],
    // The names are ambiguous: two owners claim the same VM.
    ['a', 'b-c', 'vk-a-b-c-1', 1],
    ['a-b', 'c', 'vk-a-b-c-1', 1],
  ])('%j, %j, %j is slot %d', (namespace, set, vmName, slot) => {
    expect(extractAgentSlot(namespace, set, vmName)).toBe(slot)
  })

  it('undoes vmNameForDeployment', () => {
    for (const slot of [0, 1, 12, 2 ** 31]) {
      expect(extractAgentSlot('n-1', 'c-2', vmNameForDeployment('n-1', 'c-2', slot))).toBe(slot)
    }
  })
})

describe('surplusSlots', () => {
  it.each([
    [[1, 2, 3], 1, [3, 2]],
    [[3, 11, 2], 0, [11, 3, 2]],
    [[1, 2], 2, []],
    [[], 0, []],
  ])('of %j with %j replicas are %j', (slots, replicas, surplus) => {
    expect(surplusSlots(slots, replicas)).toEqual(surplus)
  })
})

describe('roles', () => {
  it.each([
    [-1, 'toolbox'],
    [-7, 'toolbox'],
    [0, 'main'],
    [1, 'sub-agent'],
    [40, 'sub-agent'],
  ])('slot %d is a %s', (slot, role) => {
    expect(inferRoleFromAgentSlot(slot)).toBe(role)
  })

  it.each([
    ['c', 'vk-n-c-0', 'main'],
    ['c', 'vk-n-c-2', 'sub-agent'],
    ['c', 'vk-n-c-db-0', 'toolbox'],
    [undefined, 'vk-n-c-0', 'toolbox'],
  ])('with owner %j, %j is a %s', (owner, vmName, role) => {
    const ownerReferences = owner === undefined ? [] : [{ kind: 'CocoonSet', name: owner }]
    const pod: MaybePod = { metadata: { namespace: 'n', ownerReferences } }
    expect(roleForPod(pod, vmName)).toBe(role)
  })

  it('of no pod is toolbox', () => {
    expect(roleForPod(null, 'vk-n-c-0')).toBe('toolbox')
  })
})

describe('the deprecated readings', () => {
  it.each([
    ['vk-team-a-web-3', 3, 'sub-agent'],
    ['vk-team-a-web-0', 0, 'main'],
    ['vk-team-a-web-sh-0', 0, 'main'],
    ['vk-team-a-web-sh', -1, 'sub-agent'],
    ['vk-x--4', 4, 'sub-agent'],
    ['vk-x-+4', 4, 'sub-agent'],
    ['vk-x-', -1, 'sub-agent'],
    ['nodash', -1, 'sub-agent'],
    ['', -1, 'sub-agent'],
  ])('take %j for slot %d, a %s', (vmName, slot, role) => {
    expect(extractSlotFromVMName(vmName)).toBe(slot)
    expect(inferRoleFromVMName(vmName)).toBe(role)
  })
})
