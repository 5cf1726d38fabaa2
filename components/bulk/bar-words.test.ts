import { describe, expect, it } from 'vitest'
import { anAgent, aSet, aVm } from '../../lib/fleet/arrange.fixture.ts'
import { asideWords, chosenWords } from './bar-words.ts'

const vms = [anAgent('web', 0), anAgent('web', 1), anAgent('api', 0), aVm({ name: 'lone' })]
const all = new Set(vms.map(({ uid }) => uid))

describe('what the bar says', () => {
  it.each([
    [{ vms, sets: [aSet('web')], gone: 0 }, '4 selected', 'in 2 sets'],
    [{ vms: vms.slice(3), sets: [], gone: 1 }, '1 selected', '1 has gone'],
    [{ vms: [], sets: [aSet('web')], gone: 2 }, '1 set selected', '2 have gone'],
    [{ vms: [], sets: [], gone: 0 }, '0 selected', ''],
  ])('of %#', (present, chosen, aside) => {
    expect(chosenWords(present)).toBe(chosen)
    expect(asideWords(present, all)).toBe(aside)
  })

  it('tells how many of them the search hides', () => {
    expect(asideWords({ vms, sets: [], gone: 0 }, new Set([vms[0]?.uid ?? '']))).toBe(
      'in 2 sets · 3 outside this search',
    )
  })
})
