import { baseName, joinPath } from '../system/path.ts'
import { complain, print, type Process } from '../system/process.ts'
import { eachOperand, missingOperand } from './each-operand.ts'
import { withOptions } from './options.ts'

export const rm = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    {
      letters: 'rRfvdiI',
      long: { recursive: 'r', force: 'f', verbose: 'v', dir: 'd', 'no-preserve-root': 'I' },
    },
    async ({ flags, operands }) => {
      const { files } = process.machine
      const recursive = flags.has('r') || flags.has('R')
      if (operands.length === 0) return flags.has('f') ? 0 : missingOperand(process)
      const removeAll = (path: string) => {
        const node = files.lookup(path, false)
        if (node.type !== 'directory') return files.unlink(path)
        for (const [name] of files.list(path)) removeAll(joinPath(path, name))
        files.removeDirectory(path)
      }
      let dangerous = 0
      const status = await eachOperand(
        process,
        operands,
        (name) => `cannot remove '${name}'`,
        async (path, name) => {
          if (['.', '..'].includes(baseName(name))) {
            dangerous = await complain(
              process,
              `rm: refusing to remove '.' or '..' directory: skipping '${name}'`,
            )
            return
          }
          if (recursive && files.realPath(path) === '/' && !flags.has('I')) {
            dangerous = await complain(
              process,
              "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe",
            )
            return
          }
          if (flags.has('f') && !files.find(path, false)) return
          if (recursive) removeAll(path)
          else if (flags.has('d') && files.lookup(path, false).type === 'directory')
            files.removeDirectory(path)
          else files.unlink(path)
          if (flags.has('v')) await print(process, `removed '${name}'\n`)
        },
      )
      return status || dangerous
    },
  )
