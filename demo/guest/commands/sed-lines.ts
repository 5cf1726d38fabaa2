import type { Process } from '../system/process.ts'
import { lineBatches } from '../system/read-lines.ts'
import { eachFile } from './each-file.ts'

/** One line after another, each known to be the last or not. */
export async function* linesOf(
  process: Process,
  names: string[],
  failed: (code: number) => void,
): AsyncGenerator<{ text: string; open: boolean; last: boolean }> {
  let held: { text: string; open: boolean } | undefined
  for (const name of names.length > 0 ? names : ['-']) {
    const lines: { text: string; open: boolean }[][] = []
    let reader: AsyncGenerator<{ lines: string[]; open: boolean }> | undefined
    const status = await eachFile(
      process,
      [name],
      async (file) => {
        // Opened here for its error only; standard input is read as it comes.
        reader = name === '-' ? lineBatches(process, file) : undefined
        if (!reader)
          for await (const batch of lineBatches(process, file))
            lines.push(batch.lines.map((text) => ({ text, open: batch.open })))
      },
      (each) => `can't read ${each}`,
    )
    if (status !== 0) failed(2)
    for (const batch of lines) {
      for (const line of batch) {
        if (held) yield { ...held, last: false }
        held = line
      }
    }
    for await (const batch of reader ?? []) {
      for (const text of batch.lines) {
        if (held) yield { ...held, last: false }
        held = { text, open: batch.open }
      }
    }
  }
  if (held) yield { ...held, last: true }
}
