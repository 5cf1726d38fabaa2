import { systemError } from './errno.ts'
import type { OpenFile } from './open-file.ts'
import { openFor } from './open-for.ts'
import { standardInput, type Process } from './process.ts'

/** What a program may gather before it runs out of memory: the host's memory pays for it. */
const MEMORY_BYTES = 64 * 2 ** 20
const NEWLINE = 10

/** Opens an operand: `-` is standard input. */
export function openOperand(process: Process, path: string): OpenFile {
  if (path === '-') return standardInput(process)
  return openFor(process, path, 'read')
}

export async function* chunksOf(process: Process, file: OpenFile): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = await file.read(process.signal)
    if (!chunk) return
    yield chunk
  }
}

/** Everything that can still be read; throws ENOSPC in a guest's sense when it is too much. */
export async function readAll(process: Process, file: OpenFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunksOf(process, file)) {
    size += chunk.length
    if (size > MEMORY_BYTES) throw systemError('EFBIG')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export async function readText(process: Process, file: OpenFile): Promise<string> {
  return new TextDecoder().decode(await readAll(process, file))
}

/** The lines of a file in batches, as they arrive. `open` is true when the last line of the last batch has no newline. */
export async function* lineBatches(
  process: Process,
  file: OpenFile,
): AsyncGenerator<{ lines: string[]; open: boolean }> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let rest = ''
  for await (const chunk of chunksOf(process, file)) {
    rest += decoder.decode(chunk, { stream: true })
    if (rest.length > MEMORY_BYTES) throw systemError('EFBIG')
    if (!chunk.includes(NEWLINE)) continue
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) yield { lines, open: false }
  }
  rest += decoder.decode()
  if (rest !== '') yield { lines: [rest], open: true }
}

/** One line without its newline, and nothing beyond it: what follows is left for the next reader. */
export async function readLine(
  process: Process,
  file: OpenFile,
): Promise<{ text: string; ended: boolean } | undefined> {
  const pieces: Uint8Array[] = []
  for await (const chunk of chunksOf(process, file)) {
    const end = chunk.indexOf(NEWLINE)
    if (end >= 0) {
      file.unread(chunk.subarray(end + 1))
      pieces.push(chunk.subarray(0, end))
      return { text: new TextDecoder().decode(Buffer.concat(pieces)), ended: true }
    }
    pieces.push(chunk)
  }
  if (pieces.length === 0) return undefined
  return { text: new TextDecoder().decode(Buffer.concat(pieces)), ended: false }
}
