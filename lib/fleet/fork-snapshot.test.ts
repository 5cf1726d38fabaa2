import { describe, expect, it } from 'vitest'
import { ago, anAgent, aVm } from './arrange.fixture.ts'
import { oldestFork } from './fork-snapshot.ts'
import type { Vm } from './vm.ts'

const main = anAgent('web', 0, { createdAt: ago(100) })
const fork = (slot: number, minutes: number, over: Partial<Vm> = {}) =>
  anAgent('web', slot, { createdAt: ago(minutes), ...over })

describe('oldestFork', () => {
  it.each<[string, Vm[], string | undefined]>([
    ['none of none', [main], undefined],
    ['the oldest of several', [main, fork(1, 20), fork(2, 60), fork(3, 5)], 'web-2'],
    [
      'none that is older than the VM itself, which was made anew since',
      [fork(1, 200), fork(2, 10)],
      'web-2',
    ],
    ['none on another node, where another snapshot is', [fork(1, 50, { node: 'b1' }), fork(2, 10)], 'web-2'],
    ['none that is not cloned yet', [fork(1, 50, { phase: 'creating' })], undefined],
    ['one that sleeps', [fork(1, 50, { phase: 'hibernated', vmID: '' })], 'web-1'],
    ['none of another VM', [fork(1, 50, { forkedFrom: 'vk-research-other-0' })], undefined],
    ['none of a namesake elsewhere', [fork(1, 50, { namespace: 'qa', forkedFrom: main.vmName })], undefined],
    ['none whose age is not told', [fork(1, 0, { createdAt: '' })], undefined],
    ['one of no set', [aVm({ name: 'x', forkedFrom: main.vmName, createdAt: ago(30) })], 'x'],
  ])('is %s', (_what, vms, name) => {
    expect(oldestFork(main, vms)?.name).toBe(name)
  })
})
