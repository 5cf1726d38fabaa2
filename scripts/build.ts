import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildStamp } from './build-stamp.ts'

const ROOT = join(import.meta.dirname, '..')
const STAMP = join(ROOT, '.next', 'build-stamp')

/** Builds the pages when their sources have changed since the last build, and says so. */
function build(force: boolean): number {
  const stamp = buildStamp(ROOT)
  const built = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : ''
  if (built === stamp && !force) return 0
  process.stdout.write(
    built === '' ? 'Building the pages…\n' : 'The sources have changed: building the pages…\n',
  )
  const result = spawnSync(process.execPath, [join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}\n${result.stderr}\nThe pages could not be built.\n`)
    return result.status ?? 1
  }
  writeFileSync(STAMP, stamp)
  return 0
}

process.exit(build(process.argv.includes('--force')))
