import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vncResponse } from '../../../demo/desktop/rfb/vnc-auth.ts'

/** A VNC server that others wrote, as a process of its own. */
export interface RealServer {
  port: number
  /** Kills it; its screen goes with it. */
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** True once the port greets; VNC servers start to listen before they can serve. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk) => {
      socket.destroy()
      resolve(chunk.toString('latin1').startsWith('RFB '))
    })
    socket.on('error', () => resolve(false))
    socket.on('close', () => resolve(false))
  })
}

async function started(child: ChildProcess, port: number, what: string): Promise<RealServer> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const gone = new Promise<void>((resolve) => {
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  })
  let failed = false
  void gone.then(() => (failed = true))
  while (!(await greets(port))) {
    if (failed) throw new Error(`${what} did not start: ${said.slice(-500)}`)
    await new Promise((resolve) => void setTimeout(resolve, 20))
  }
  return {
    port,
    async stop() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** The file that `vncpasswd` would write: the password under the key that all of them have. */
const FIXED_KEY = Buffer.from('17526b06234e5807', 'hex')

function passwordFile(password: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cocoon-vnc-'))
  const path = join(folder, 'passwd')
  const plain = Buffer.alloc(8)
  plain.write(password, 'latin1')
  const hidden = vncResponse(Buffer.concat([plain, plain]), FIXED_KEY.toString('latin1')).subarray(0, 8)
  writeFileSync(path, hidden, { mode: 0o600 })
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return path
}

export interface TigerOptions {
  password?: string
  sharing?: 'AlwaysShared' | 'NeverShared'
  /** Displays are files of the machine: one of its own for each server. */
  display: number
  port?: number
}

/** TigerVNC's server, 640x480, with the clipboard between its viewers. */
export async function startTiger(options: TigerOptions): Promise<RealServer> {
  const { password, sharing = 'AlwaysShared', display } = options
  const port = options.port ?? (await freePort())
  const security =
    password === undefined
      ? ['-SecurityTypes', 'None']
      : ['-SecurityTypes', 'VncAuth', '-PasswordFile', passwordFile(password)]
  const child = spawn(
    'Xtigervnc',
    [
      `:${display}`,
      '-geometry',
      '640x480',
      '-depth',
      '24',
      '-rfbport',
      String(port),
      '-localhost',
      `-${sharing}`,
      ...security,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  return started(child, port, 'Xtigervnc')
}

/** A machine of QEMU that shows the screen of its firmware, which finds nothing to boot. */
export async function startQemu(port?: number): Promise<RealServer> {
  const at = port ?? (await freePort())
  // QEMU counts displays from port 5900.
  const child = spawn(
    'qemu-system-x86_64',
    [
      '-machine',
      'pc,accel=tcg',
      '-m',
      '32',
      '-nodefaults',
      '-vga',
      'std',
      '-display',
      `vnc=127.0.0.1:${at - 5900},share=ignore`,
      '-serial',
      'none',
      '-monitor',
      'none',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  return started(child, at, 'qemu-system-x86_64')
}
