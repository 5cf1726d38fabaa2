import { describe, expect, it } from 'vitest'
import type { Vm, VmSet } from '../../lib/fleet/vm.ts'
import { wallOf } from './wall-groups.ts'

const NOW = Date.UTC(2026, 0, 1)

function fleet(vms: Partial<Vm>[]) {
  const rows = vms.map((vm, index): [string, Vm] => {
    const uid = `uid-${index}`
    return [
      uid,
      { uid, namespace: 'qa', set: 'phones', phase: 'ready', vncPort: 5900, connType: 'vnc', ...vm } as Vm,
    ]
  })
  return { vms: new Map(rows), sets: new Map<string, VmSet>() }
}

const shape = (vms: Partial<Vm>[], search = '') => {
  const { groups, ...counts } = wallOf(fleet(vms), search, NOW)
  return { groups: groups.map(({ key, vms: own }) => [key, own.map(({ name }) => name)]), ...counts }
}

describe('the wall', () => {
  it('has the screens of each set together, by number', () => {
    const vms = ['phones-10', 'phones-9', 'phones-2'].map((name) => ({ name }))
    expect(shape([...vms, { name: 'desk', namespace: 'finance', set: 'ledger' }])).toEqual({
      groups: [
        ['finance/ledger', ['desk']],
        ['qa/phones', ['phones-2', 'phones-9', 'phones-10']],
      ],
      screens: 4,
      asleep: 0,
      total: 4,
    })
  })

  it('leaves out what has no screen, and shows what nobody gave a port by convention', () => {
    const vms = [
      { name: 'by-port', vncPort: 5901, connType: '' },
      { name: 'by-type', vncPort: 0, connType: 'vnc' },
      { name: 'none', vncPort: 0, connType: 'ssh' },
    ]
    expect(shape(vms).groups).toEqual([['qa/phones', ['by-port', 'by-type']]])
  })

  it('counts what sleeps, and what the search leaves', () => {
    const vms: Partial<Vm>[] = [
      { name: 'awake' },
      { name: 'asleep', phase: 'hibernated' },
      { name: 'going', phase: 'hibernating' },
      { name: 'bare', set: null },
    ]
    expect(shape(vms)).toMatchObject({ screens: 4, asleep: 2, total: 4 })
    expect(shape(vms, 'name:asleep')).toEqual({
      groups: [['qa/phones', ['asleep']]],
      screens: 1,
      asleep: 1,
      total: 4,
    })
    expect(shape(vms).groups[0]).toEqual(['qa/', ['bare']])
  })
})
