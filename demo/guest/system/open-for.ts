import { systemError } from './errno.ts'
import { openPath, type OpenFile, type OpenMode } from './open-file.ts'
import { fromDirectory } from './path.ts'
import type { Process } from './process.ts'

const STANDARD: Record<string, number> = { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2 }

function descriptorOf(path: string): number | undefined {
  const number = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1]
  return number === undefined ? STANDARD[path] : Number(number)
}

/** Opens a path as a process sees it; the caller must release it. Throws a SystemError. */
export function openFor(process: Process, path: string, mode: OpenMode): OpenFile {
  if (path === '') throw systemError('ENOENT')
  const descriptor = descriptorOf(path)
  if (descriptor === undefined) {
    return openPath(process.machine.files, fromDirectory(process.cwd, path), mode, 0o666 & ~process.umask)
  }
  const file = process.files.get(descriptor)
  if (!file) throw systemError('ENOENT')
  return file.retain()
}
