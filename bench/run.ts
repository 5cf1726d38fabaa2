import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fillRows } from './fill.ts'
import { firstLoadRows } from './first-load.ts'
import { latencyRows } from './latency.ts'
import { printRows } from './row.ts'
import type { Row } from './row.ts'
import { snapshotRows } from './snapshot.ts'
import { vncRows } from './vnc-tunnel.ts'

/**
 * `npm run bench` measures what the design promises against its peers, in this run, on this machine, and prints
 * the ratios. `npm run bench latency` runs one of them. It judges nothing: figures of a busy machine are noise.
 */
const BENCHES: Record<string, (say: (line: string) => void) => Promise<Row[]>> = {
  latency: latencyRows,
  fill: fillRows,
  'first-load': firstLoadRows,
  snapshot: snapshotRows,
  vnc: vncRows,
}

const build = spawnSync(process.execPath, [join(import.meta.dirname, '../scripts/build.ts')], {
  stdio: 'inherit',
})
if (build.status !== 0) process.exit(build.status ?? 1)
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(1)
}
const rows: Row[] = []
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length === 0 || asked.includes(name))
    rows.push(...(await bench((line) => console.log(`${name}: ${line}`))))
}
console.log(`\n${printRows(rows)}`)
