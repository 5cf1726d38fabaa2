import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureChromium } from './chromium.ts'
import { honest, playwrightCounts, sum, vitestCounts } from './runner-counts.ts'
import type { Counts } from './runner-counts.ts'

/**
 * `npm test`: everything, on a fresh machine. Each step shows what it does; the last line is the sum of what
 * all runners counted. `--full` runs the promises at their whole counts.
 */
const ROOT = join(import.meta.dirname, '..')
const REPORTS = join(ROOT, '.cache', 'reports')
const BIN = join(ROOT, 'node_modules', '.bin')

const say = (line: string) => process.stdout.write(`${line}\n`)

function run(command: string, args: string[], env: Record<string, string> = {}): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(join(BIN, command), args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    child.on('error', (error) => {
      say(`${command} cannot be run: ${error.message}`)
      resolve(1)
    })
    child.on('exit', resolve)
  })
}

function report(name: string): object {
  try {
    return JSON.parse(readFileSync(join(REPORTS, `${name}.json`), 'utf8')) as object
  } catch {
    say(`${name} left no report.`)
    return {}
  }
}

async function check(command: string, args: string[]): Promise<Counts> {
  const passed = (await run(command, args)) === 0
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function vitest(project: string): Promise<Counts> {
  const outputs = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(REPORTS, `${project}.json`)}`,
  ]
  const code = await run('vitest', ['run', '--project', project, ...outputs])
  return honest(vitestCounts(report(project)), code)
}

async function browser(): Promise<Counts> {
  const env = {
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(REPORTS, 'browser.json'),
    CHROMIUM_PATH: await ensureChromium(),
  }
  const code = await run('playwright', ['test', '--reporter=list,json'], env)
  return honest(playwrightCounts(report('browser')), code)
}

const STEPS: readonly (readonly [string, () => Promise<Counts>])[] = [
  ['format', () => check('oxfmt', ['--check', '.'])],
  ['lint', () => check('oxlint', ['--type-aware'])],
  ['routes', () => check('next', ['typegen'])],
  ['types', () => check('tsc', ['--noEmit'])],
  ['dead code', () => check('knip', [])],
  ['unit and integration', () => vitest('unit')],
  ['build', () => check('node', ['scripts/build.ts'])],
  ['promises', () => vitest('promises')],
  ['browser', browser],
]

async function main(): Promise<void> {
  if (process.argv.includes('--full')) process.env.PROMISES = 'full'
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  const results: Counts[] = []
  for (const [name, step] of STEPS) {
    say(`\n== ${name}`)
    const counts = await step().catch((error: unknown): Counts => {
      say(error instanceof Error ? error.message : String(error))
      return { passed: 0, failed: 1 }
    })
    say(`== ${name}: ${counts.passed} passed, ${counts.failed} failed`)
    results.push(counts)
  }
  const total = sum(results)
  say(`\n${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed === 0 ? 0 : 1
}

await main()
