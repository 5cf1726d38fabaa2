import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** How Chromium is started everywhere: as root, without a GPU, and without asking the internet for anything. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const say = (line: string) => process.stdout.write(`${line}\n`)

function run(command: string, args: string[]): boolean {
  say(`> ${command} ${args.join(' ')}`)
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}

function aptInstalls(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  say('Chromium is missing: installing it from the distribution.')
  return (
    run('apt-get', ['update']) && run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
  )
}

async function playwrightInstalls(): Promise<string | null> {
  say("Chromium is missing: installing Playwright's own.")
  if (!run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'])) return null
  const { chromium } = await import('@playwright/test')
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null
}

/**
 * Where Chromium is: CHROMIUM_PATH, a usual place, or freshly installed (apt as root, else Playwright's own).
 * Says what it did. @throws Error of one sentence when there is none and none can be had.
 */
export async function ensureChromium(): Promise<string> {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new Error(
      `CHROMIUM_PATH=${JSON.stringify(named)} does not exist; name a Chromium executable or unset it.`,
    )
  }
  const usual = () => USUAL_PLACES.find((place) => existsSync(place))
  const present = usual() ?? (aptInstalls() ? usual() : undefined) ?? (await playwrightInstalls())
  if (present) return present
  throw new Error('No Chromium is here and none could be installed; install one and set CHROMIUM_PATH.')
}
