import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** The VNC servers that others wrote, and the packages that have them. */
const PACKAGES: Record<string, string> = {
  Xtigervnc: 'tigervnc-standalone-server',
  'qemu-system-x86_64': 'qemu-system-x86',
}

const missing = () =>
  Object.entries(PACKAGES).filter(([program]) => spawnSync(program, ['-version'], { stdio: 'ignore' }).error)

function install(packages: readonly string[]): void {
  const run = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  if (run('update')) run('install', '-y', '--no-install-recommends', ...packages)
}

/**
 * Sees to it that TigerVNC and QEMU are here, installing them from the distribution where that can be done.
 * @throws Error of one sentence when they are not and cannot be had
 */
export function ensureVncServers(say: (line: string) => void): void {
  const before = missing()
  if (before.length === 0) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const packages = before.map(([, name]) => name)
    say(`${packages.join(' and ')} are missing: installing them from the distribution.`)
    install(packages)
  }
  const names = missing().map(([program]) => program)
  if (names.length > 0) throw new Error(`${names.join(' and ')} are not here and could not be installed`)
}
