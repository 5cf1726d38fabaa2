import { print, type Process } from '../system/process.ts'
import { eachOperand, missingOperand } from './each-operand.ts'
import { withOptions } from './options.ts'

export const mkdir = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'pvm:', long: { parents: 'p', mode: 'm', verbose: 'v' } },
    async ({ flags, values, operands }) => {
      const { files } = process.machine
      if (operands.length === 0) return missingOperand(process)
      const mode = Number.parseInt(values.get('m') ?? '777', 8) & (values.has('m') ? 0o7777 : ~process.umask)
      return eachOperand(
        process,
        operands,
        (name) => `cannot create directory ‘${name}’`,
        async (path, name) => {
          const make = async (each: string) => {
            files.makeDirectory(each, mode)
            if (flags.has('v')) await print(process, `mkdir: created directory '${name}'\n`)
          }
          if (!flags.has('p')) return make(path.replace(/(?<=.)\/+$/, ''))
          const parts = path.split('/').filter((part) => part !== '')
          for (let depth = 1; depth <= parts.length; depth++) {
            const each = `/${parts.slice(0, depth).join('/')}`
            if (files.find(each)?.type !== 'directory') await make(each)
          }
        },
      )
    },
  )

export const rmdir = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'pv' }, async ({ operands }) => {
    if (operands.length === 0) return missingOperand(process)
    return eachOperand(
      process,
      operands,
      (name) => `failed to remove '${name}'`,
      (path) => process.machine.files.removeDirectory(path),
    )
  })
