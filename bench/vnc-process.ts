import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'

/** USER_HZ, which is 100 on every Linux of today. */
const TICKS = 100

export interface Measured {
  pid: number
  stop(): void
}

const stat = (pid: number) => {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

/** The process and all its descendants: websockify has one for each connection. */
function family(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [[Number(name), Number(stat(Number(name))[1])] as const]
      } catch {
        return []
      }
    })
  const found = [pid]
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child)
  return found
}

/** Processor seconds that a process and its descendants have used. */
export const cpuSeconds = (pid: number): number =>
  family(pid).reduce((sum, one) => {
    const fields = stat(one)
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS
  }, 0)

/** Memory that a process and its descendants have for themselves, in bytes. */
export const memoryOf = (pid: number): number =>
  family(pid).reduce((sum, one) => {
    const text = readFileSync(`/proc/${one}/smaps_rollup`, 'latin1')
    return sum + Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024
  }, 0)

/** Starts a script of the bench; its first line is JSON and tells its ports. */
export async function startScript(script: string): Promise<Measured & { ports: Record<string, number> }> {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { ports: JSON.parse(line.toString()) as Record<string, number>, ...measured(child) }
}

const measured = (child: ChildProcess): Measured => ({ pid: child.pid ?? 0, stop: () => void child.kill() })

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

/** Starts websockify between two ports. @throws Error when it is not installed */
export async function startWebsockify(port: number, target: number): Promise<Measured> {
  const child = spawn('websockify', [`127.0.0.1:${port}`, `127.0.0.1:${target}`], { stdio: 'ignore' })
  let failed = false
  child.on('error', () => (failed = true))
  while (!(await answers(port))) {
    if (failed || child.exitCode !== null)
      throw new Error('websockify cannot be started: apt install websockify')
    await new Promise((resolve) => void setTimeout(resolve, 20))
  }
  return measured(child)
}
