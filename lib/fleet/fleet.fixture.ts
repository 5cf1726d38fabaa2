import { seededRandom } from '../../demo/random.ts'
import { aSet, aNode, anAgent } from './arrange.fixture.ts'
import type { Vm } from './vm.ts'
import type { FleetTables } from './row-changes.ts'

const PHASES: readonly [Vm['phase'], ...Vm['phase'][]] = ['ready', 'ready', 'ready', 'hibernated', 'creating']

/** A fleet as it looks in a cluster: ids and times differ from row to row, most words do not. */
export function manyVms(count: number, seed = 1): Vm[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, at) => {
    const createdAt = new Date(Date.UTC(2026, 0, 1) + at * 61_000 + random.int(0, 999)).toISOString()
    return anAgent(`agent-${Math.floor(at / 10)}`, at % 10, {
      uid: random.uuid(),
      namespace: `team-${Math.floor(at / 100)}`,
      phase: random.pick(PHASES),
      phaseSince: new Date(Date.UTC(2026, 1, 1) + random.int(0, 2_000_000_000)).toISOString(),
      vmID: random.hex(12),
      node: `vm-node-${random.int(1, 20)}`,
      ip: `10.8.${random.int(0, 255)}.${random.int(1, 254)}`,
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
    vms: byUid(manyVms(count)),
    sets: byUid(sets),
    nodes: byUid(['a', 'b', 'c'].map((name) => aNode(name))),
  }
}
