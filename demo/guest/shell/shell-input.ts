import type { OpenFile } from '../system/open-file.ts'
import { familyOf, writeText } from '../system/process.ts'
import { readLine } from '../system/read-lines.ts'
import { SIGNALS } from '../system/signals.ts'
import type { Shell } from './shell.ts'
import { readTypedLine } from './typed-line.ts'

/** Where a shell has its commands from. */
export interface ShellInput {
  /** The next line, after this prompt; undefined at the end. */
  next(prompt: string): Promise<{ text: string; ended: boolean } | 'given-up' | undefined>
  /** Runs what was read. In a terminal ^C ends it, and not the shell. */
  whileRunning(work: () => Promise<unknown>): Promise<void>
  /** No more is read. */
  close(): void
}

/** ^C meets what runs in the foreground: neither the shell itself nor its jobs. */
function interrupt(shell: Shell, signal: number): void {
  const running = new Set(shell.jobs.map(({ pid }) => pid))
  const spared = new Set(
    familyOf(shell.process)
      .filter(({ pid }) => running.has(pid))
      .flatMap(familyOf),
  )
  for (const process of familyOf(shell.process)) {
    if (process !== shell.process && !spared.has(process)) process.deliver(signal)
  }
  if (signal === SIGNALS.INT) shell.unwind ??= { to: 'prompt' }
}

/** Reads lines as they come; from a terminal they are edited first, and kept for the arrow keys. */
export function shellInput(shell: Shell, input: OpenFile): ShellInput {
  const { process } = shell
  const terminal = shell.source === 'interactive' ? input.terminal?.() : undefined
  if (!terminal) {
    return {
      async next(prompt) {
        await writeText(process, 2, prompt)
        return readLine(process, input)
      },
      whileRunning: async (work) => void (await work()),
      close() {},
    }
  }
  const history: string[] = []
  const { onSignal } = terminal
  terminal.onSignal = (signal) => interrupt(shell, signal)
  return {
    async next(prompt) {
      const typed = await readTypedLine(shell, terminal, prompt, history)
      if (typed === 'end') return undefined
      if (typed === 'given-up') return typed
      if (typed.text.trim() !== '' && typed.text !== history.at(-1)) history.push(typed.text)
      return { text: typed.text, ended: true }
    },
    async whileRunning(work) {
      // It may have come before there was anything to stop.
      if (!shell.unwind) await work()
      if (shell.unwind?.to !== 'prompt') return
      shell.unwind = undefined
      shell.status = 128 + SIGNALS.INT
      await writeText(process, 2, '\n')
    },
    close: () => void (terminal.onSignal = onSignal),
  }
}
