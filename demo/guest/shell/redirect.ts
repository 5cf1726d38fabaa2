import { ERRNO_TEXT, isSystemError } from '../system/errno.ts'
import { openBytes, type OpenFile, type OpenMode } from '../system/open-file.ts'
import { openFor } from '../system/open-for.ts'
import { setFile } from '../system/process.ts'
import { expandText } from './expand.ts'
import { shellError, type SavedFile, type Shell } from './shell.ts'
import type { Redirect } from './syntax-tree.ts'

const MODES: Record<Redirect['operator'], OpenMode> = {
  '<': 'read',
  '>': 'write',
  '>|': 'write',
  '>>': 'append',
  '<>': 'update',
  '&>': 'write',
  '<&': 'read',
  '>&': 'write',
  '<<': 'read',
  '<<<': 'read',
}

/** Opens a file in the shell's words: dash says what it could not do, bash only why. */
function open(shell: Shell, path: string, mode: OpenMode): OpenFile {
  try {
    return openFor(shell.process, path, mode)
  } catch (error) {
    if (!isSystemError(error)) throw error
    if (shell.dialect.name === 'bash') throw shellError(`${path}: ${error.message}`, 1, false)
    const verb = mode === 'read' ? 'open' : 'create'
    const missing = mode === 'read' ? 'No such file' : 'Directory nonexistent'
    const reason = error.errno === 'ENOENT' ? missing : error.message
    throw shellError(`cannot ${verb} ${path}: ${reason}`, 2, false)
  }
}

async function fileOf(shell: Shell, { operator, target: word }: Redirect): Promise<OpenFile | undefined> {
  const target = await expandText(shell, word)
  const encoder = new TextEncoder()
  if (operator === '<<') return openBytes(encoder.encode(target), 'pipe')
  if (operator === '<<<') return openBytes(encoder.encode(`${target}\n`), 'pipe')
  if (operator !== '<&' && operator !== '>&') return open(shell, target, MODES[operator])
  if (target === '-') return undefined
  if (!/^\d+$/.test(target)) {
    if (operator === '>&' && shell.dialect.name === 'bash') return open(shell, target, 'write')
    throw shellError('Bad fd number', 2)
  }
  const file = shell.process.files.get(Number(target))
  if (!file) throw shellError(`${target}: ${ERRNO_TEXT.EBADF}`, shell.dialect.redirectFailure, false)
  return file.retain()
}

/** Carries out redirects in order; answers what they replaced. Throws a shell error, with nothing replaced. */
export async function redirect(shell: Shell, redirects: readonly Redirect[]): Promise<SavedFile[]> {
  const saved: SavedFile[] = []
  const replace = (fd: number, file: OpenFile | undefined) => {
    saved.unshift({ fd, file: shell.process.files.get(fd)?.retain() })
    setFile(shell.process, fd, file)
  }
  try {
    for (const each of redirects) {
      const file = await fileOf(shell, each)
      const both =
        each.operator === '&>' ||
        (each.operator === '>&' && !/^(?:\d+|-)$/.test(file?.what ?? '-') && !isNumber(each))
      replace(each.fd ?? (each.operator.startsWith('<') ? 0 : 1), file)
      if (both && each.fd === undefined) replace(2, file?.retain())
    }
  } catch (error) {
    restoreFiles(shell, saved)
    throw error
  }
  return saved
}

/** `2>&1` and `2>&$fd` duplicate; only a file name after `>&` takes both outputs. */
function isNumber({ target }: Redirect): boolean {
  const [first] = target
  return first?.kind !== 'literal' || /^(?:\d+|-)$/.test(first.text)
}

export function restoreFiles(shell: Shell, saved: readonly SavedFile[]): void {
  for (const { fd, file } of saved) setFile(shell.process, fd, file)
}
