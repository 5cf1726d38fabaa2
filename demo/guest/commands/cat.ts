import { print, writeBytes, type Process } from '../system/process.ts'
import { chunksOf, lineBatches } from '../system/read-lines.ts'
import { eachFile } from './each-file.ts'
import { withOptions } from './options.ts'

const LONG = {
  number: 'n',
  'show-all': 'A',
  'show-ends': 'E',
  'squeeze-blank': 's',
  'show-tabs': 'T',
  'number-nonblank': 'b',
}

export const cat = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'nAEsTbuvet', long: LONG }, async ({ flags, operands }) => {
    if ([...flags].every((flag) => flag === 'u')) {
      return eachFile(process, operands, async (file) => {
        for await (const chunk of chunksOf(process, file)) await writeBytes(process, 1, chunk)
      })
    }
    let number = 0
    let blank = false
    return eachFile(process, operands, async (file) => {
      for await (const { lines, open } of lineBatches(process, file)) {
        let output = ''
        for (const line of lines) {
          if (line === '' && blank && flags.has('s')) continue
          blank = line === ''
          const numbered = flags.has('b') ? line !== '' : flags.has('n')
          if (numbered) output += `${String(++number).padStart(6)}\t`
          const tabs = flags.has('A') || flags.has('T') || flags.has('t') ? line.replaceAll('\t', '^I') : line
          const ends = flags.has('A') || flags.has('E') || flags.has('e') ? '$' : ''
          output += `${tabs}${open ? '' : `${ends}\n`}`
        }
        await print(process, output)
      }
    })
  })

export const tac = (process: Process, args: string[]) =>
  eachFile(process, args, async (file) => {
    const all: string[] = []
    for await (const { lines } of lineBatches(process, file)) for (const line of lines) all.push(line)
    await print(
      process,
      all
        .reverse()
        .map((line) => `${line}\n`)
        .join(''),
    )
  })
