import { ERRNO_TEXT, isSystemError, systemError } from './errno.ts'
import type { Machine } from './machine.ts'
import type { OpenFile } from './open-file.ts'
import { isKilled, killed } from './signals.ts'
import { breathe } from './breathe.ts'

/** A running process of an exec. */
export interface Process {
  pid: number
  ppid: number
  machine: Machine
  cwd: string
  /** What its children inherit. */
  env: Map<string, string>
  /** Descriptors; each holds its open file. */
  files: Map<number, OpenFile>
  umask: number
  /** Aborted with a Killed error when a signal ends the process. */
  signal: AbortSignal
  /** Sends a signal to this process; a shell with a trap takes it instead of dying. */
  deliver: (signal: number) => void
  /** The signal that ended it, once one has. */
  killedBy?: number
  /** The processes of the same exec, which end with it. */
  session: Session
}

/** A program of the guest: answers its exit code. */
export type Program = (process: Process, args: string[]) => Promise<number>

/** What belongs to one exec: `running` resolves one by one, as its processes end. */
export interface Session {
  processes: Map<number, Process>
  ended: Set<Promise<number>>
  /** What the program files run, by name. */
  programs: ReadonlyMap<string, Program>
}

const encoder = new TextEncoder()

/** Writes text to a descriptor; a closed one is EBADF. */
export async function writeText(process: Process, fd: number, text: string): Promise<void> {
  if (text !== '') await writeBytes(process, fd, encoder.encode(text))
}

export async function writeBytes(process: Process, fd: number, bytes: Uint8Array): Promise<void> {
  const file = process.files.get(fd)
  if (!file) throw systemError('EBADF')
  await breathe(process.signal)
  await file.write(bytes, process.signal)
}

export const print = (process: Process, text: string) => writeText(process, 1, text)

/** Says what went wrong, and answers the exit code, so that a program can end with it. */
export async function complain(process: Process, message: string, code = 1): Promise<number> {
  await writeText(process, 2, `${message}\n`)
  return code
}

/** The open file of standard input; one that is closed reads as EBADF. */
export function standardInput(process: Process): OpenFile {
  const file = process.files.get(0)
  if (!file) throw systemError('EBADF')
  return file
}

export interface ForkOptions {
  argv: readonly string[]
  cwd?: string
  env?: Map<string, string>
}

/** CPU that a program of an exec is shown to use. */
const CHILD_SHARE = 0.004

/**
 * Starts a child that shares nothing but open files, and runs `body` as it. The promise is the exit code: 128 and the
 * signal when it is killed. Throws EAGAIN when the guest has too many processes.
 */
export function fork(
  parent: Process,
  options: ForkOptions,
  body: (child: Process) => Promise<number>,
): { child: Process; ended: Promise<number> } {
  // The hang-up that killed the parent did not see a child that comes later.
  parent.signal.throwIfAborted()
  const { machine, session } = parent
  const stop = new AbortController()
  const deliver = (signal: number) => stop.abort(killed(signal))
  const task = machine.tasks.add({
    ppid: parent.pid,
    user: 'root',
    argv: options.argv,
    startedAt: machine.uptime(),
    residentBytes: 1_740_800 + (options.argv.join().length % 64) * 4096,
    virtualBytes: 2_838_528,
    cpuBase: 0,
    cpuShare: CHILD_SHARE,
    deliver: (signal) => child.deliver(signal),
  })
  const child: Process = {
    pid: task.pid,
    ppid: parent.pid,
    machine,
    session,
    cwd: options.cwd ?? parent.cwd,
    env: options.env ?? new Map(parent.env),
    files: new Map([...parent.files].map(([fd, file]) => [fd, file.retain()])),
    umask: parent.umask,
    signal: stop.signal,
    deliver,
  }
  session.processes.set(child.pid, child)
  const ended = live(child, body).finally(() => session.ended.delete(ended))
  session.ended.add(ended)
  return { child, ended }
}

async function live(child: Process, body: (child: Process) => Promise<number>): Promise<number> {
  try {
    return await body(child)
  } catch (error) {
    if (isKilled(error)) {
      child.killedBy = error.signal
      return 128 + error.signal
    }
    // A program that does not look after a refused read or write ends as most of them would.
    if (!isSystemError(error)) throw error
    await writeText(child, 2, `${nameOf(child)}: ${ERRNO_TEXT[error.errno]}\n`).catch(() => {})
    return 1
  } finally {
    for (const file of child.files.values()) file.release()
    child.files.clear()
    child.session.processes.delete(child.pid)
    child.machine.tasks.remove(child.pid)
  }
}

/** The name that a process shows: the last part of argv[0]. */
export function nameOf(process: Process): string {
  const argv0 = process.machine.tasks.find(process.pid)?.argv[0] ?? ''
  return argv0.slice(argv0.lastIndexOf('/') + 1)
}

/** The processes that were started by one, directly or not, and itself. */
export function familyOf(process: Process): Process[] {
  const all = [...process.session.processes.values()]
  const found = [process]
  for (const parent of found) found.push(...all.filter(({ ppid }) => ppid === parent.pid))
  return found
}

/** Gives a descriptor another open file, which it then holds alone. */
export function setFile(process: Process, fd: number, file: OpenFile | undefined): void {
  process.files.get(fd)?.release()
  if (file) process.files.set(fd, file)
  else process.files.delete(fd)
}
