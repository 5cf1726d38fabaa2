import { describe, expect, it } from 'vitest'
import { parseSearch } from '../../lib/fleet/search.ts'
import type { Vm, VmPhase } from '../../lib/fleet/vm.ts'
import { countFleet, VIEWS } from './views.ts'

const counted = (vms: Vm[]) =>
  countFleet(new Map(vms.map((one, place) => [String(place), one])), Date.parse('2026-01-01T01:00:00Z'))

const vm = (phase: VmPhase, namespace = 'a', vncPort = 0) =>
  ({ phase, namespace, vncPort, phaseSince: '2026-01-01T00:00:00Z' }) as Vm

describe('the views of the sidebar', () => {
  it.each(VIEWS)('$label is a search without a problem', ({ search }) => {
    const { terms } = parseSearch(search)
    expect(terms.length).toBeGreaterThan(0)
    expect(terms.map((term) => term.problem).join('')).toBe('')
  })

  it('are counted', () => {
    const vms = [vm('failed'), vm('hibernated'), vm('creating'), vm('ready', 'a', 5901)]
    expect(counted(vms).views).toEqual([1, 1, 1, 1])
  })

  it('count namespaces, the largest first', () => {
    const vms = [vm('ready', 'b'), vm('ready', 'c'), vm('ready', 'a'), vm('failed', 'c')]
    expect(counted(vms).namespaces.map(({ namespace, count }) => `${namespace} ${count}`)).toEqual([
      'c 2',
      'a 1',
      'b 1',
    ])
  })
})
