import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Lockfile } from './lockfile.ts'

/** Below these there are advisories that concern this project (promise E5): remove none, raise them at the next one. */
const FLOORS: Record<string, string> = {
  // CVE-2026-44578 (upgrades), GHSA-2xp9-vwfh-vxw4 (images), the decoders of Server Actions.
  next: '16.3.3',
  // CVE-2026-48779: fragments far below the limit of a message exhaust the memory.
  ws: '8.21.0',
  // CVE-2026-1526 and -1527: bombs, and line breaks in `upgrade`.
  undici: '7.24.0',
  // Below, every watch ended after 30 seconds.
  '@kubernetes/client-node': '2.0.1',
}

const numbers = (version: string) => version.split(/[.-]/, 3).map(Number)

/** Whether a version is a release, not below the floor. */
function reaches(version: string, floor: string): boolean {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return false
  const [have, need] = [numbers(version), numbers(floor)]
  const at = have.findIndex((part, index) => part !== need[index])
  return at < 0 || (have[at] ?? 0) > (need[at] ?? 0)
}

it.each([
  ['16.3.3', true],
  ['16.4.0', true],
  ['17.0.0', true],
  ['16.10.0', true],
  ['16.3.2', false],
  ['15.99.99', false],
  ['16.3.3-canary.1', false],
])('%s of next is enough: %s', (version, enough) => {
  expect(reaches(version, '16.3.3')).toBe(enough)
})

const { packages } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'),
) as Lockfile

it.each(Object.entries(FLOORS))('E5 the lockfile has no %s below %s, wherever it is', (name, floor) => {
  const versions = Object.entries(packages)
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .map(([path, { version = '' }]) => ({ path, version }))
  expect(versions.length).toBeGreaterThan(0)
  expect(versions.filter(({ version }) => !reaches(version, floor))).toEqual([])
})
