import { isSystemError } from '../system/errno.ts'
import { fromDirectory } from '../system/path.ts'
import { complain, print, type Process } from '../system/process.ts'
import { withOptions } from './options.ts'
import { targetsOf } from './targets-of.ts'

export const mv = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'fnviTt:', long: { force: 'f', verbose: 'v', 'no-clobber': 'n', 'target-directory': 't' } },
    async ({ flags, values, operands }) => {
      const plan = targetsOf(process, operands, values.get('t'), flags.has('T'))
      if (typeof plan === 'string')
        return complain(process, `mv: ${plan}\nTry 'mv --help' for more information.`)
      const { files } = process.machine
      let status = 0
      for (const source of plan.sources) {
        const target = plan.targetOf(source)
        const to = fromDirectory(process.cwd, target)
        if (flags.has('n') && files.find(to)) continue
        try {
          files.rename(fromDirectory(process.cwd, source), to)
          if (flags.has('v')) await print(process, `renamed '${source}' -> '${target}'\n`)
        } catch (error) {
          if (!isSystemError(error)) throw error
          const text =
            error.errno === 'ENOENT' && !files.find(fromDirectory(process.cwd, source), false)
              ? `cannot stat '${source}'`
              : error.errno === 'EINVAL'
                ? `cannot move '${source}' to a subdirectory of itself, '${target}'`
                : `cannot move '${source}' to '${target}'`
          status = await complain(
            process,
            error.errno === 'EINVAL' ? `mv: ${text}` : `mv: ${text}: ${error.message}`,
          )
        }
      }
      return status
    },
  )
