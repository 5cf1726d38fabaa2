import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { controlPlaneBinaries, hasOriginal } from '../e2e/control-plane/binaries.ts'
import { ensureChromium } from './chromium.ts'
import { exitCounts, honest, playwrightCounts, sum, vitestCounts } from './runner-counts.ts'
import type { Counts } from './runner-counts.ts'
import { ensureKubectl } from './kubectl.ts'
import { ensureVncServers } from './vnc-servers.ts'

/**
 * `npm test`: everything, on a fresh machine. Each step shows what it does; in the end stands what failed, by name,
 * and in the last line the sum of what all runners counted. `--full` runs the promises at their whole counts,
 * `--original` only what needs a real control plane.
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

const check = async (command: string, args: string[]): Promise<Counts> => exitCounts(await run(command, args))

/** Which cluster a suite runs against: the embedded one, or a real control plane. */
type Where = 'embedded' | 'original'

const nameOf = (suite: string, where: Where) => (where === 'original' ? `${suite}-original` : suite)

async function vitest(project: string, where: Where = 'embedded'): Promise<Counts> {
  const name = nameOf(project, where)
  const outputs = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(REPORTS, `${name}.json`)}`,
  ]
  const code = await run('vitest', ['run', '--project', project, ...outputs], { E2E_CLUSTER: where })
  return honest(vitestCounts(report(name)), code)
}

async function browser(where: Where = 'embedded'): Promise<Counts> {
  const name = nameOf('browser', where)
  const env = {
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(REPORTS, `${name}.json`),
    CHROMIUM_PATH: await ensureChromium(),
    E2E_CLUSTER: where,
  }
  const code = await run('playwright', ['test', '--reporter=list,json'], env)
  return honest(playwrightCounts(report(name)), code)
}

type Step = readonly [string, () => Promise<Counts>]

/** What runs against a real control plane; left out, loudly, where there is neither Go nor the programs. */
const ORIGINAL: readonly Step[] = [
  ['original: programs', buildOriginal],
  ['original: lifecycle', () => vitest('lifecycle', 'original')],
  ['original: kubectl', () => vitest('kubectl', 'original')],
  ['original: actions', () => vitest('actions', 'original')],
  ['original: access', () => vitest('access', 'original')],
  ['original: conformance', () => vitest('conformance', 'original')],
  ['original: reflector', () => vitest('original', 'original')],
  ['original: browser', () => browser('original')],
]

const STEPS: readonly Step[] = [
  ['format', () => check('oxfmt', ['--check', '.'])],
  ['lint', () => check('oxlint', ['--type-aware'])],
  ['routes', () => check('next', ['typegen'])],
  ['types', () => check('tsc', ['--noEmit'])],
  ['dead code', () => check('knip', [])],
  ['unit and integration', () => vitest('unit')],
  ['lifecycle', () => vitest('lifecycle')],
  ['kubectl', () => vitest('kubectl')],
  ['conformance', () => vitest('conformance')],
  ['consoles', () => vitest('console')],
  ['build', () => check('node', ['scripts/build.ts'])],
  ['actions', () => vitest('actions')],
  ['access', () => vitest('access')],
  ['promises', () => vitest('promises')],
  ['browser', () => browser()],
]

async function buildOriginal(): Promise<Counts> {
  const programs = await controlPlaneBinaries(say)
  for (const path of Object.values(programs)) say(path)
  return exitCounts(0)
}

/** Puts kubectl on the PATH of every step; says so when there is none and none can be built. */
async function findKubectl(): Promise<boolean> {
  const path = await ensureKubectl(say).catch((error: unknown) => {
    say(`The kubectl suites are left out: ${error instanceof Error ? error.message : String(error)}`)
  })
  // Behind the others: beside a kubectl there may be another Node.
  if (path) process.env.PATH = [process.env.PATH, dirname(path)].join(delimiter)
  return path !== undefined
}

/** The suites of the consoles test against servers of others; without those they fail, and this says why. */
function findVncServers(): void {
  try {
    ensureVncServers(say)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
  }
}

function stepsOf(args: readonly string[], kubectl: boolean): readonly Step[] {
  const possible = (steps: readonly Step[]) => steps.filter(([name]) => kubectl || !name.includes('kubectl'))
  const build = STEPS.filter(([name]) => name === 'build')
  if (args.includes('--original')) return [...build, ...possible(ORIGINAL)]
  if (hasOriginal()) return possible([...STEPS, ...ORIGINAL])
  say('There is no Go on this machine, nor KUBEBUILDER_ASSETS: nothing is held to the original API server.')
  return possible(STEPS)
}

async function main(): Promise<void> {
  if (process.argv.includes('--full')) process.env.PROMISES = 'full'
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  const kubectl = await findKubectl()
  if (!process.argv.includes('--original')) findVncServers()
  const results: [string, Counts][] = []
  for (const [name, step] of stepsOf(process.argv, kubectl)) {
    say(`\n== ${name}`)
    const counts = await step().catch((error: unknown): Counts => {
      const words = error instanceof Error ? error.message : String(error)
      say(words)
      return { passed: 0, failed: 1, failures: [words] }
    })
    say(`== ${name}: ${counts.passed} passed, ${counts.failed} failed`)
    results.push([name, counts])
  }
  const total = sum(results)
  say('')
  for (const failure of total.failures) say(`failed: ${failure}`)
  say(`${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed === 0 ? 0 : 1
}

await main()
