import { describe, expect, it } from 'vitest'
import { ago, aNode, anAgent, NOW } from '../../../lib/fleet/arrange.fixture.ts'
import type { Vm, VmNode } from '../../../lib/fleet/vm.ts'
import { landingOf } from '../landing.ts'
import type { Arrival } from '../landing.ts'
import { fullWords, roomWords, snapshotWords } from './landing-words.ts'

const main = anAgent('web', 0, { createdAt: ago(600) })
const old = anAgent('web', 1, { createdAt: ago(180) })

function landing(vms: Vm[], nodes: VmNode[], over: Partial<Arrival> = {}) {
  const byUid = <Row extends { uid: string }>(rows: Row[]) => new Map(rows.map((row) => [row.uid, row]))
  const rows = { vms: byUid(vms), sets: new Map(), nodes: byUid(nodes) }
  return landingOf(rows, { vm: main, node: 'node-a1', count: 1, how: 'forks', ...over })
}

describe('where forks land', () => {
  it.each([
    [aNode('node-a1'), 'room for 7 more', ''],
    [
      aNode('node-a1', { cpu: 2 }),
      'room for none',
      'Node node-a1 has no room for that. Nothing in the cluster stops it: VMs there may become slow, or fail to start.',
    ],
    [aNode('node-a1', { cpu: 0, memory: 0, pods: 0, storage: 0 }), '', ''],
  ])('on %o is said as "%s", "%s"', (node, room, full) => {
    const found = landing([main], [node])
    expect(found.room && roomWords(found.room)).toBe(room)
    expect(fullWords(found)).toBe(full)
  })

  it('is not known of a node that cannot be read', () => {
    const found = landing([main], [aNode('node-b1')])
    expect(found.room).toBeNull()
    expect(fullWords(found)).toBe('')
  })

  it('says that a main agent waits for a node that is full', () => {
    const full = landing([main], [aNode('node-b1', { cpu: 1 })], { node: 'node-b1', how: 'moves' })
    expect(fullWords(full)).toBe('Node node-b1 has no room for it now: it sleeps until there is.')
  })
})

describe('the state that forks start from', () => {
  it.each([
    [[main, old], 'forks', 'The fork snapshot is 3 h old or older: web-1 started from it then.'],
    [
      [main],
      'forks',
      'No fork of web-0 is there now: the fork snapshot is taken with this one, unless there was one before.',
    ],
    [[main, old], 'moves', ''],
  ] as const)('with %o that %s is "%s"', (vms, how, words) => {
    expect(snapshotWords(landing([...vms], [], { how }), NOW)).toBe(words)
  })
})
