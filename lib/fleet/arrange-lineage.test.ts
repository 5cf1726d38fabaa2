import { describe, expect, it } from 'vitest'
import { anAgent, aVm } from './arrange.fixture.ts'
import { inSlotOrder, lineageItems } from './arrange-lineage.ts'
import type { Vm } from './vm.ts'

/** A row as `depth rails last name`. */
const drawn = (vms: Vm[]) =>
  lineageItems([...vms].sort(inSlotOrder), 'g').map(
    ({ uid, depth, rails, last, forkOf }) =>
      `${depth} ${rails.toString(2)} ${last ? 'last' : '-'} ${uid.split('/')[1] ?? ''} ${forkOf}`,
  )

const fork = (name: string, parent: string) => aVm({ name, vmName: name, forkedFrom: parent })

describe('lineageItems', () => {
  it('hangs forks under their source', () => {
    expect(drawn([anAgent('a', 2), anAgent('a', 1), anAgent('a', 0)])).toEqual([
      '0 0 - a-0 ',
      '1 0 - a-1 0',
      '1 0 last a-2 0',
    ])
  })

  it('keeps the lines of ancestors going', () => {
    const vms = [fork('root', ''), fork('b1', 'root'), fork('b2', 'root'), fork('c1', 'b1'), fork('d1', 'c1')]
    expect(drawn(vms)).toEqual([
      '0 0 - root ',
      '1 0 - b1 root',
      '2 10 last c1 b1',
      '3 10 last d1 c1',
      '1 0 last b2 root',
    ])
  })

  it('leaves a fork unhung whose source is not there', () => {
    expect(drawn([anAgent('a', 1), anAgent('a', 2)])).toEqual(['0 0 - a-1 0', '0 0 - a-2 0'])
  })

  it('shows rows that claim to descend from each other, or from themselves', () => {
    const rows = lineageItems([fork('x', 'y'), fork('y', 'x'), fork('z', 'z')], 'g')
    expect(rows.map(({ uid }) => uid).sort()).toEqual(['research/x', 'research/y', 'research/z'])
  })

  it('takes a chain of any depth', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => fork(`n${at}`, at === 0 ? '' : `n${at - 1}`))
    expect(lineageItems(chain, 'g').at(-1)).toMatchObject({ depth: 19_999 })
  })
})
