import { writeText } from '../../system/process.ts'
import { messagePrefix, type Shell } from '../shell.ts'

/** A command that the shell runs itself: answers its status. */
export type Builtin = (shell: Shell, args: string[]) => Promise<number>

/** Says what went wrong, and answers the status. */
export async function refuse(shell: Shell, message: string, status = 1): Promise<number> {
  await writeText(shell.process, 2, `${messagePrefix(shell)}${message}\n`)
  return status
}
