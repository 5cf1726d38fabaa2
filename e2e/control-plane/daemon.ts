import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'

/** One program of the control plane at work. */
export interface Daemon {
  /** Resolves with what it said last when it ended without being asked to. */
  crashed: Promise<Error>
  /** Ends it with SIGTERM, after `patienceMs` with SIGKILL, and waits until it is gone. */
  stop(patienceMs?: number): Promise<void>
  /** Ends it at once with SIGKILL, as a power cut would. */
  kill(): Promise<void>
}

const PATIENCE_MS = 10_000

/** Starts a program; everything it says goes to the log file. */
export function startDaemon(command: string, args: readonly string[], logFile: string): Daemon {
  const log = createWriteStream(logFile, { flags: 'a' })
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let tail = ''
  const keep = (chunk: Buffer) => {
    tail = (tail + chunk.toString('utf8')).slice(-2_000)
    log.write(chunk)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  let asked = false
  // A program that cannot be run at all is gone, too; `crashed` tells of it.
  const gone = once(child, 'exit').catch(() => undefined)
  const crashed = new Promise<Error>((resolve) => {
    child.on('error', resolve)
    child.on('exit', (code, signal) => {
      log.end()
      if (!asked) resolve(new Error(`${command} ended with ${code ?? signal}; log in ${logFile}\n${tail}`))
    })
  })
  const end = async (signal: NodeJS.Signals) => {
    asked = true
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await gone
  }
  // Whatever ends this process, by an error too, takes the programs with it.
  const last = () => void child.kill('SIGKILL')
  process.once('exit', last)
  void gone.then(() => process.off('exit', last))
  return {
    crashed,
    async stop(patienceMs = PATIENCE_MS) {
      const impatient = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await end('SIGTERM')
      clearTimeout(impatient)
    },
    kill: () => end('SIGKILL'),
  }
}
