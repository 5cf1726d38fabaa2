import { describe, expect, it } from 'vitest'
import { agentVMNamePrefix, mainAgentVMNameFor, vmNameForDeployment, vmNameForPod } from './vm-name.ts'

describe('VM names', () => {
  it.each([
    ['team-a', 'web', 3, 'vk-team-a-web-3'],
    ['n', 'c', -1, 'vk-n-c--1'],
    ['', '', 0, 'vk---0'],
    ['Team A', 'wéb', 0, 'vk-Team A-wéb-0'],
  ])('%j, %j, slot %d make %j', (namespace, deployment, slot, name) => {
    expect(vmNameForDeployment(namespace, deployment, slot)).toBe(name)
  })

  it('are made from pods, prefixes and mains alike', () => {
    expect(vmNameForPod('team-a', 'web-sh')).toBe('vk-team-a-web-sh')
    expect(vmNameForPod('', '')).toBe('vk--')
    expect(agentVMNamePrefix('team-a', 'web')).toBe('vk-team-a-web-')
    expect(mainAgentVMNameFor('team-a', 'web')).toBe('vk-team-a-web-0')
    expect(mainAgentVMNameFor('team-a', 'web')).toBe(vmNameForPod('team-a', 'web-0'))
  })
})
