import { MARK, TERMINAL_NAME } from './shell-command.ts'

/** What a shell said of itself. */
export interface ShellMark {
  terminal: boolean
  /** The name of its terminal; '' when it has none, or one whose name cannot be used. */
  name: string
}

export interface MarkReader {
  /** Takes what the shell wrote; answers what of it is to be shown, null while the mark may still come. */
  push(bytes: Buffer): { mark: ShellMark | null; rest: Buffer } | null
  /** What was held back, when nothing more comes. */
  rest(): Buffer
}

/** With the longest name that can be used. */
const LONGEST = 64

function markOf(line: string): ShellMark | null {
  if (line === MARK.lines) return { terminal: false, name: '' }
  if (line !== MARK.terminal && !line.startsWith(`${MARK.terminal} `)) return null
  const name = line.slice(MARK.terminal.length + 1)
  return { terminal: true, name: TERMINAL_NAME.test(name) ? name : '' }
}

/** Whether a mark can still become of it. */
const mayBecome = (begun: string) =>
  begun.length < LONGEST &&
  [MARK.lines, `${MARK.terminal} `].some((text) => text.startsWith(begun) || begun.startsWith(text))

/** Looks for the mark at the beginning of what a shell writes; a shell without one is a shell that reads lines. */
export function createMarkReader(): MarkReader {
  let held = Buffer.alloc(0)
  return {
    push(bytes) {
      held = Buffer.concat([held, bytes])
      const end = held.indexOf('\n')
      const begun = held.subarray(0, end < 0 ? held.length : end).toString('latin1')
      // Terminals and Windows end their lines in their own way.
      const line = begun.replace(/\r$/, '')
      const mark = end < 0 ? null : markOf(line)
      if (mark === null && end < 0 && mayBecome(line)) return null
      const rest = mark === null ? held : held.subarray(end + 1)
      held = Buffer.alloc(0)
      return { mark, rest }
    },
    rest: () => held,
  }
}
