import { baseName, fromDirectory, joinPath } from '../system/path.ts'
import type { Process } from '../system/process.ts'

/** Where sources go: into the last operand when that is a directory, else they become it. */
export function targetsOf(
  process: Process,
  operands: string[],
  given: string | undefined,
  flat: boolean,
): { sources: string[]; targetOf: (source: string) => string } | string {
  const sources = given === undefined ? operands.slice(0, -1) : operands
  const last = given ?? operands.at(-1)
  if (last === undefined) return 'missing file operand'
  if (sources.length === 0) return `missing destination file operand after '${last}'`
  const isDirectory =
    !flat && process.machine.files.find(fromDirectory(process.cwd, last))?.type === 'directory'
  if (!isDirectory && sources.length > 1) return `target '${last}': No such file or directory`
  return { sources, targetOf: (source) => (isDirectory ? joinPath(last, baseName(source)) : last) }
}
