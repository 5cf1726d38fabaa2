import { openFor } from '../system/open-for.ts'
import type { OpenFile, Terminal } from '../system/open-file.ts'
import { familyOf, print, setFile, standardInput, writeBytes, type Process } from '../system/process.ts'
import { SIGNALS } from '../system/signals.ts'
import { findProgram, spawn } from '../system/spawn.ts'
import { openTerminal } from '../system/terminal.ts'
import { withOptions } from './options.ts'

/** Brings what comes in to the terminal as if it were typed, until it ends or nobody is there any more. */
async function typeInto(terminal: Terminal, input: OpenFile, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      const chunk = await input.read(signal)
      if (!chunk) return terminal.hangUp()
      await terminal.type(chunk)
    }
  } catch {
    // The program has ended, or the client has gone.
  }
}

/** util-linux's: runs a command, or a shell, in a terminal of its own, and keeps what it shows in a file. */
export const script = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    {
      letters: 'qefac:',
      long: { quiet: 'q', return: 'e', flush: 'f', append: 'a', command: 'c' },
    },
    async ({ flags, values, operands }) => {
      const path = operands[0] ?? 'typescript'
      const record = openFor(process, path, flags.has('a') ? 'append' : 'write')
      const say = (text: string) => (flags.has('q') ? Promise.resolve() : print(process, text))
      await say(`Script started, output log file is '${path}'.\n`)
      const terminal = openTerminal(process.machine, async (bytes) => {
        await writeBytes(process, 1, bytes)
        await record.write(bytes, process.signal)
      })
      const stop = new AbortController()
      const command = values.get('c')
      const argv = command === undefined ? ['bash', '-i'] : ['sh', '-c', command]
      try {
        const { child, ended } = spawn(process, findProgram(process, argv[0] ?? ''), { argv }, (made) => {
          for (const fd of [0, 1, 2]) setFile(made, fd, terminal.file)
        })
        terminal.onSignal = (signal) => familyOf(child).forEach((each) => each.deliver(signal))
        void typeInto(terminal, standardInput(process), AbortSignal.any([process.signal, stop.signal]))
        const code = await ended
        await say('Script done.\n')
        return flags.has('e') ? code : 0
      } finally {
        stop.abort(SIGNALS.HUP)
        terminal.close()
        record.release()
      }
    },
  )
