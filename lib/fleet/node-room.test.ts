import { describe, expect, it } from 'vitest'
import { aNode, anAgent, aVm } from './arrange.fixture.ts'
import { nodeRoom } from './node-room.ts'
import type { Vm, VmNode } from './vm.ts'

const GI = 2 ** 30
const NODE = { cpu: 16, memory: 64 * GI, storage: 0, pods: 10 }
const roomOf = (vms: Vm[], count: number, node: Partial<VmNode> = {}, shape: Partial<Vm> = {}) =>
  nodeRoom(aNode('node-a1', { ...NODE, ...node }), vms, anAgent('web', 0, shape), count)

const used = (vms: Vm[]) =>
  Object.fromEntries(roomOf(vms, 0).resources.map(({ kind, used: amount }) => [kind, amount]))

describe('nodeRoom', () => {
  it('adds up what all VMs of the node ask for, the sleeping ones, too', () => {
    const vms = [
      anAgent('web', 0, { cpu: '2', memory: '4Gi' }),
      anAgent('web', 1, { cpu: '500m', memory: '1Gi', phase: 'hibernated' }),
      aVm({ name: 'lone', cpu: '', memory: '512Mi' }),
      anAgent('web', 2, { node: 'node-b1', cpu: '8' }),
      anAgent('web', 3, { node: '', cpu: '8' }),
    ]
    expect(used(vms)).toEqual({ cpu: 2.5, memory: 5.5 * GI, pods: 3 })
  })

  it('adds what is to come', () => {
    const { resources } = roomOf([anAgent('web', 0)], 3)
    expect(resources.map(({ kind, after, of }) => [kind, after, of])).toEqual([
      ['cpu', 8, 16],
      ['memory', 16 * GI, 64 * GI],
      ['pods', 4, 10],
    ])
  })

  it.each([
    // Seven more of 2 cores beside the one that is there.
    ['cores', {}, {}, 7],
    ['memory', { memory: 12 * GI }, {}, 2],
    ['pods', { pods: 3 }, {}, 2],
    ['disk', { storage: 100 * GI }, { storage: '60Gi' }, 1],
    ['nothing left', { cpu: 1 }, {}, 0],
  ] as const)('has room for so many, as far as %s go', (_what, node, shape, more) => {
    const there = [anAgent('web', 0)]
    expect(roomOf(there, 1, node, shape).more).toBe(more)
    expect(roomOf(there, more, node, shape).fits).toBe(true)
    expect(roomOf(there, more + 1, node, shape).fits).toBe(false)
  })

  it('fits exactly where the last tenth of a core is asked for', () => {
    const tenth = { cpu: '100m', memory: '' }
    const there = Array.from({ length: 7 }, (_, slot) => anAgent('web', slot, tenth))
    const room = roomOf(there, 3, { cpu: 1, pods: 0 }, tenth)
    expect(room).toMatchObject({ fits: true, more: 3 })
  })

  it('knows no limit of a node that reports none, or of a VM that asks for nothing', () => {
    expect(roomOf([], 5, { cpu: 0, memory: 0, pods: 0 })).toEqual({ resources: [], fits: true, more: null })
    expect(roomOf([], 5, { pods: 0 }, { cpu: '', memory: '' })).toMatchObject({ fits: true, more: null })
  })

  it('blames a full node for nothing that is not added to it', () => {
    const there = [anAgent('web', 0, { cpu: '20' })]
    expect(roomOf(there, 1, {}, { cpu: '' }).fits).toBe(true)
  })
})
