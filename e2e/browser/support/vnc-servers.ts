import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as dial } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What `vncpasswd` makes of `sesame`: its file is the same on every machine. */
const SESAME = Buffer.from('0ba755a92304b78a', 'hex')

/** A program that speaks VNC, at 127.0.0.1. */
export interface VncServer {
  port: number
  /** As a crash: nothing is said to those who look. */
  kill(): Promise<void>
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.on('exit', () => resolve()))
}

async function greets(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`)
    const heard = await new Promise<boolean>((resolve) => {
      const socket = dial(port, '127.0.0.1')
      socket.once('data', () => resolve(socket.destroy() !== null))
      socket.once('error', () => resolve(false))
      socket.once('close', () => resolve(false))
    })
    if (heard) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function start(program: string, args: readonly string[], port: number): Promise<VncServer> {
  const child = spawn(program, args, { stdio: 'ignore' })
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  await Promise.race([greets(port, child), failed])
  return {
    port,
    async kill() {
      child.kill('SIGKILL')
      await ended(child)
    },
  }
}

/** TigerVNC: an X display of its own, whose number is that of the port beyond 5900. */
export async function startTigerVnc(
  display: number,
  options: { password?: boolean; sharing?: 'AlwaysShared' | 'NeverShared' } = {},
): Promise<VncServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cocoon-vnc-'))
  const file = join(folder, 'password')
  writeFileSync(file, SESAME, { mode: 0o600 })
  const security = options.password === true ? ['VncAuth', '-PasswordFile', file] : ['None']
  const port = 5900 + display
  const sharing = `-${options.sharing ?? 'AlwaysShared'}`
  const args = [`:${display}`, '-geometry', '800x600', '-depth', '24', '-rfbport', String(port), '-localhost']
  const server = await start('Xtigervnc', [...args, sharing, '-SecurityTypes', ...security], port)
  return {
    port,
    async kill() {
      await server.kill()
      rmSync(folder, { recursive: true, force: true })
      // What a killed X server leaves behind keeps the next one of the same number from starting.
      rmSync(`/tmp/.X${display}-lock`, { force: true })
      rmSync(`/tmp/.X11-unix/X${display}`, { force: true })
    },
  }
}

/** QEMU: a machine without a disk, whose firmware says so. `monitor` is the path of its monitor's socket. */
export function startQemu(display: number, monitor: string): Promise<VncServer> {
  const args = ['-display', 'none', '-vnc', `127.0.0.1:${display}`, '-m', '32', '-net', 'none']
  return start('qemu-system-x86_64', [...args, '-monitor', `unix:${monitor},server,nowait`], 5900 + display)
}

/** What happens to an X display: each line that `xev` writes. It has a window over all of the display. */
export function watchEvents(display: number): { lines: string[]; stop(): Promise<void> } {
  const lines: string[] = []
  const child = spawn('xev', ['-display', `:${display}`, '-geometry', '800x600+0+0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
  return {
    lines,
    async stop() {
      child.kill('SIGKILL')
      await ended(child)
    },
  }
}
