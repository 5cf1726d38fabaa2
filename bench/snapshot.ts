import { gzipSync } from 'node:zlib'
import { seedFleet } from '../demo/fleet/seed-fleet.ts'
import { seededRandom } from '../demo/random.ts'
import { snapshotRegistry } from '../demo/registry.ts'
import { encodeColumns } from '../lib/fleet/columns.ts'
import { joinVm } from '../lib/fleet/join-vm.ts'
import { projectPod } from '../lib/fleet/project-pod.ts'
import { tablesOfSnapshot } from '../lib/fleet/row-changes.ts'
import type { Vm } from '../lib/fleet/vm.ts'
import type { SnapshotEvent } from '../lib/fleet/wire.ts'
import { median } from './row.ts'
import type { Row } from './row.ts'

const VMS = 10_000
const TURNS = 9

function demoVms(): Vm[] {
  const now = Date.now()
  const size = { sets: VMS / 10, vms: VMS, nodes: VMS / 100 }
  const { objects } = seedFleet(size, now, seededRandom(7), snapshotRegistry())
  return objects
    .filter(({ kind }) => kind === 'Pod')
    .map(projectPod)
    .filter((pod) => pod !== null)
    .map((pod) => joinVm(pod, null, null, null, now))
}

function milliseconds(task: () => unknown): number {
  const began = performance.now()
  task()
  return performance.now() - began
}

/** The snapshot that a browser gets, against the same rows as a JSON array of objects. */
export function snapshotRows(say: (line: string) => void): Promise<Row[]> {
  const vms = demoVms()
  const none = encodeColumns([])
  const columns = JSON.stringify({ vms: encodeColumns(vms), sets: none, nodes: none })
  const objects = JSON.stringify(vms)
  say(`${vms.length} VMs; as columns ${columns.length} characters, as objects ${objects.length}`)
  const parse: number[] = []
  const rows: number[] = []
  const peer: number[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    parse.push(milliseconds(() => JSON.parse(columns)))
    peer.push(milliseconds(() => JSON.parse(objects)))
    rows.push(
      milliseconds(() => tablesOfSnapshot({ tables: JSON.parse(columns) as SnapshotEvent['tables'] })),
    )
  }
  const kilo = (text: string) => gzipSync(text).length / 1000
  return Promise.resolve([
    {
      name: 'snapshot of 10,000 VMs, gzip',
      unit: 'kB',
      ours: kilo(columns),
      peer: kilo(objects),
      target: 0.6,
    },
    { name: 'parsing it', unit: 'ms', ours: median(parse), peer: median(peer), target: 0.3 },
    { name: 'parsing it into rows', unit: 'ms', ours: median(rows), peer: median(peer), target: 1 },
  ])
}
