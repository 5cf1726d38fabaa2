import { emptyTables } from './row-changes.ts'
import { aSet, aNode, anAgent } from './arrange.fixture.ts'
import type { Vm } from './vm.ts'
import type { FleetTables } from './row-changes.ts'

const PHASES: readonly Vm['phase'][] = ['ready', 'ready', 'ready', 'hibernated', 'creating']

/** Numbers without a pattern that compression could find, the same ones in every run. */
function draw(seed: number): (low: number, high: number) => number {
  let state = seed
  return (low, high) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return low + ((state >>> 4) % (high - low + 1))
  }
}

/** A fleet as it looks in a cluster: ids and times differ from row to row, most words do not. */
export function manyVms(count: number, seed = 1): Vm[] {
  const int = draw(seed)
  const hex = (digits: number) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join('')
  return Array.from({ length: count }, (_, at) => {
    const createdAt = new Date(Date.UTC(2026, 0, 1) + at * 61_000 + int(0, 999)).toISOString()
    return anAgent(`agent-${Math.floor(at / 10)}`, at % 10, {
      uid: `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
      namespace: `team-${Math.floor(at / 100)}`,
      phase: PHASES[int(0, PHASES.length - 1)] ?? 'ready',
      phaseSince: new Date(Date.UTC(2026, 1, 1) + int(0, 2_000_000_000)).toISOString(),
      vmID: hex(12),
      node: `vm-node-${int(1, 20)}`,
      ip: `10.8.${int(0, 255)}.${int(1, 254)}`,
      createdAt,
    })
  })
}

const byUid = <Row extends { uid: string }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.uid, row]))

/** The same as the tables of a store: a set for ten VMs, and three nodes. */
export function manyTables(count: number): FleetTables {
  const sets = Array.from({ length: Math.ceil(count / 10) }, (_, at) =>
    aSet(`agent-${at}`, { namespace: `team-${Math.floor(at / 10)}` }),
  )
  return {
    ...emptyTables(),
    vms: byUid(manyVms(count)),
    sets: byUid(sets),
    nodes: byUid(['a', 'b', 'c'].map((name) => aNode(name))),
  }
}
