import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { completed, missingPackages } from './lockfile.ts'
import type { Lockfile } from './lockfile.ts'

/**
 * `npm run lock`, after every `npm install <package>`: a registry that mirrors one platform only leaves the
 * others out of the lockfile, and then `npm ci` refuses it, here and everywhere.
 */
const FILE = join(import.meta.dirname, '..', 'package-lock.json')

const lock = JSON.parse(readFileSync(FILE, 'utf8')) as Lockfile
const missing = missingPackages(lock)
if (missing.length > 0) writeFileSync(FILE, `${JSON.stringify(completed(lock), null, 2)}\n`)
process.stdout.write(`${missing.length} packages of other platforms added to package-lock.json\n`)
