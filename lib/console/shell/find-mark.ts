import type { ShellMode } from '../../fleet/console/shell-frames.ts'
import { MARK } from './shell-command.ts'

export interface MarkReader {
  /** Takes what the shell wrote; answers what of it is to be shown, null while the mark may still come. */
  push(bytes: Buffer): { mode: ShellMode | null; rest: Buffer } | null
  /** What was held back, when nothing more comes. */
  rest(): Buffer
}

const MODES = Object.entries(MARK).map(([name, text]) => ({ text, terminal: name === 'terminal' }))

/** Looks for the mark at the beginning of what a shell writes; a shell without one is a shell that reads lines. */
export function createMarkReader(): MarkReader {
  let held = Buffer.alloc(0)
  return {
    push(bytes) {
      held = Buffer.concat([held, bytes])
      // Windows ends its lines in its own way.
      const begun = held.toString('latin1').replace('\r\n', '\n')
      const found = MODES.find(({ text }) => begun.startsWith(text))
      if (found !== undefined) {
        const rest = held.subarray(held.indexOf('\n') + 1)
        held = Buffer.alloc(0)
        return { mode: { terminal: found.terminal }, rest }
      }
      if (MODES.some(({ text }) => text.startsWith(begun.replace(/\r$/, '')))) return null
      const rest = held
      held = Buffer.alloc(0)
      return { mode: null, rest }
    },
    rest: () => held,
  }
}
