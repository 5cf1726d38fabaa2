import type { Process } from '../system/process.ts'
import type { Command } from './sed-script.ts'

/** What sed keeps from line to line. */
export interface Editor {
  process: Process
  commands: Command[]
  silent: boolean
  space: string
  hold: string
  line: number
  isLast: boolean
  lastPattern: RegExp | undefined
  substituted: boolean
  output: string
  after: string
  quit: number | undefined
  /** Takes the next line into the pattern space; false at the end. */
  next: () => Promise<string | undefined>
}
