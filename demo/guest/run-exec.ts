import { PROGRAMS } from './commands/programs.ts'
import type { GuestStreams } from './guest-streams.ts'
import { agentPid } from './system/boot-tasks.ts'
import { runWindows } from './windows/run-windows.ts'
import type { Machine } from './system/machine.ts'
import { isSystemError } from './system/errno.ts'
import type { OpenFile } from './system/open-file.ts'
import { pipe } from './system/pipe.ts'
import { fork, type Process, type Session } from './system/process.ts'
import { killed, SIGNALS } from './system/signals.ts'
import { becomeProgram, findProgram } from './system/spawn.ts'

/** The environment of cocoon-agent, which is what its execs get (contract 6.7). */
const ENVIRONMENT: Record<Machine['os'], Record<string, string>> = {
  linux: {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    LANG: 'C.UTF-8',
  },
  android: { PATH: '/system/bin', HOME: '/', ANDROID_ROOT: '/system', ANDROID_DATA: '/data' },
  macos: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', HOME: '/Users/admin', LANG: 'en_US.UTF-8' },
  windows: { OS: 'Windows_NT', SYSTEMROOT: 'C:\\Windows', TEMP: 'C:\\Windows\\Temp', USERNAME: 'SYSTEM' },
}

function outputFile(send: (chunk: Uint8Array) => Promise<void>): OpenFile {
  const file: OpenFile = {
    what: 'pipe',
    read: () => Promise.resolve(undefined),
    unread: () => {},
    write: (chunk, signal) => untilAborted(send(chunk), signal),
    retain: () => file,
    release: () => {},
  }
  return file
}

function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    // A reader that is gone is a closed pipe.
    work
      .then(resolve, () => reject(killed(SIGNALS.PIPE)))
      .finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Brings the client's input into a pipe, one chunk ahead at most; ends when nobody reads any more. */
async function pump(stdin: AsyncIterable<Uint8Array>, writer: OpenFile, signal: AbortSignal): Promise<void> {
  try {
    for await (const chunk of stdin) {
      signal.throwIfAborted()
      await writer.write(chunk, signal)
    }
  } catch {
    // The client has gone, or the program reads no more: both are the end of the input.
  } finally {
    writer.release()
  }
}

/**
 * Runs argv as a child of cocoon-agent. When it ends, or the client goes away, whatever it has left running gets SIGHUP:
 * the agent ends the session, so not even a process in the background outlives its exec.
 */
export async function runExec(
  machine: Machine,
  argv: readonly string[],
  streams: GuestStreams,
): Promise<number> {
  const session: Session = { processes: new Map(), ended: new Set(), programs: PROGRAMS }
  const input = pipe()
  const stopInput = new AbortController()
  void pump(streams.stdin, input.writer, stopInput.signal)
  const agent = agentProcess(machine, session, streams, input.reader)
  const hangUp = () => {
    for (const process of session.processes.values()) {
      process.deliver(SIGNALS.HUP)
      // One that catches the first does not survive the second.
      process.deliver(SIGNALS.KILL)
    }
  }
  const { ended } = fork(agent, { argv }, async (child) => {
    if (machine.os === 'windows') return runWindows(child, argv)
    try {
      return await becomeProgram(child, findProgram(child, argv[0] ?? ''), argv)
    } catch (error) {
      if (!isSystemError(error) || argv.length === 0) throw error
      return refuse(child, argv[0] ?? '', error.errno)
    }
  })
  streams.signal.addEventListener('abort', hangUp)
  if (streams.signal.aborted) hangUp()
  try {
    return await ended
  } finally {
    streams.signal.removeEventListener('abort', hangUp)
    while (session.ended.size > 0) {
      hangUp()
      await Promise.allSettled(session.ended)
    }
    stopInput.abort(killed(SIGNALS.HUP))
    for (const file of agent.files.values()) file.release()
  }
}

function agentProcess(machine: Machine, session: Session, streams: GuestStreams, input: OpenFile): Process {
  const pid = agentPid(machine.tasks.all())
  return {
    pid,
    ppid: 1,
    machine,
    session,
    cwd: '/',
    env: new Map(Object.entries(ENVIRONMENT[machine.os])),
    files: new Map([
      [0, input],
      [1, outputFile(streams.stdout)],
      [2, outputFile(streams.stderr)],
    ]),
    umask: 0o022,
    signal: new AbortController().signal,
    deliver: () => {},
  }
}

/** What the agent says of a program that it cannot start, as Go's os/exec words it. */
async function refuse(child: Process, name: string, errno: string): Promise<number> {
  const missing = errno === 'ENOENT'
  const reason = name.includes('/')
    ? `fork/exec ${name}: ${missing ? 'no such file or directory' : 'permission denied'}`
    : `exec: "${name}": executable file not found in $PATH`
  await child.files.get(2)?.write(new TextEncoder().encode(`${reason}\n`), child.signal)
  return missing ? 127 : 126
}
