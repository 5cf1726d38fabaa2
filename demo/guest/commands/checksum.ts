import { createHash } from 'node:crypto'
import { isSystemError } from '../system/errno.ts'
import { complain, nameOf, print, type Process } from '../system/process.ts'
import { chunksOf, lineBatches, openOperand } from '../system/read-lines.ts'
import { eachFile } from './each-file.ts'
import { withOptions } from './options.ts'

async function digest(process: Process, algorithm: string, name: string): Promise<string> {
  const hash = createHash(algorithm)
  const file = openOperand(process, name)
  for await (const chunk of chunksOf(process, file)) hash.update(chunk)
  if (name !== '-') file.release()
  return hash.digest('hex')
}

const checksum = (algorithm: string) => (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'cb', long: { check: 'c', binary: 'b' } },
    async ({ flags, operands }) => {
      if (flags.has('c')) return check(process, algorithm, operands)
      return eachFile(process, operands, async (_, name) => {
        await print(process, `${await digest(process, algorithm, name)}  ${name}\n`)
      })
    },
  )

async function check(process: Process, algorithm: string, operands: string[]): Promise<number> {
  let wrong = 0
  await eachFile(process, operands, async (file) => {
    for await (const { lines } of lineBatches(process, file)) {
      for (const line of lines) {
        const [, expected = '', name = ''] = /^([0-9a-f]+) [ *](.*)$/.exec(line) ?? []
        let actual = ''
        try {
          actual = await digest(process, algorithm, name)
        } catch (error) {
          if (!isSystemError(error)) throw error
          await complain(process, `${nameOf(process)}: ${name}: ${error.message}`)
        }
        if (actual !== expected) wrong++
        await print(process, `${name}: ${actual === expected ? 'OK' : 'FAILED'}\n`)
      }
    }
  })
  if (wrong === 0) return 0
  return complain(
    process,
    `${nameOf(process)}: WARNING: ${wrong} computed checksum${wrong === 1 ? '' : 's'} did NOT match`,
  )
}

export const md5sum = checksum('md5')
export const sha1sum = checksum('sha1')
export const sha256sum = checksum('sha256')
export const sha512sum = checksum('sha512')
