import { isSystemError } from '../system/errno.ts'
import type { OpenFile } from '../system/open-file.ts'
import { complain, nameOf, type Process } from '../system/process.ts'
import { openOperand } from '../system/read-lines.ts'

/**
 * Opens each operand in turn, standard input when there is none; answers 1 when one could not be read, which
 * `refused` begins to say.
 */
export async function eachFile(
  process: Process,
  operands: readonly string[],
  read: (file: OpenFile, name: string, index: number) => Promise<void>,
  refused: (name: string) => string = (name) => name,
): Promise<number> {
  let status = 0
  for (const [index, name] of (operands.length > 0 ? operands : ['-']).entries()) {
    try {
      const file = openOperand(process, name)
      try {
        await read(file, name, index)
      } finally {
        if (name !== '-') file.release()
      }
    } catch (error) {
      if (!isSystemError(error)) throw error
      status = await complain(process, `${nameOf(process)}: ${refused(name)}: ${error.message}`)
    }
  }
  return status
}
