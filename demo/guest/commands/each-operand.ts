import { isSystemError } from '../system/errno.ts'
import { fromDirectory } from '../system/path.ts'
import { complain, nameOf, type Process } from '../system/process.ts'

/** Does something for each operand; what the kernel refuses is said as `text` begins it, and makes the status 1. */
export async function eachOperand(
  process: Process,
  operands: string[],
  text: (name: string) => string,
  act: (path: string, name: string) => void | Promise<void>,
): Promise<number> {
  let status = 0
  for (const name of operands) {
    try {
      await act(fromDirectory(process.cwd, name), name)
    } catch (error) {
      if (!isSystemError(error)) throw error
      status = await complain(process, `${nameOf(process)}: ${text(name)}: ${error.message}`)
    }
  }
  return status
}

/** Says that a program needs at least one operand; the status is 1. */
export const missingOperand = (process: Process) =>
  complain(
    process,
    `${nameOf(process)}: missing operand\nTry '${nameOf(process)} --help' for more information.`,
  )
