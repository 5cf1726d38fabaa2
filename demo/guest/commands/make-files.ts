import { baseName, fromDirectory, joinPath } from '../system/path.ts'
import { complain, print, type Process } from '../system/process.ts'
import { eachOperand } from './each-operand.ts'
import { withOptions } from './options.ts'

export const ln = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'sfvnT', long: { symbolic: 's', force: 'f' } },
    async ({ flags, operands }) => {
      const [target, given] = operands
      const { files } = process.machine
      if (target === undefined)
        return complain(process, "ln: missing file operand\nTry 'ln --help' for more information.")
      const last = given ?? baseName(target)
      const place = fromDirectory(process.cwd, last)
      const path =
        files.find(place, !flags.has('n'))?.type === 'directory' && !flags.has('T')
          ? joinPath(place, baseName(target))
          : place
      if (flags.has('f') && files.find(path, false)) files.unlink(path)
      return eachOperand(
        process,
        [last],
        (name) => `failed to create ${flags.has('s') ? 'symbolic' : 'hard'} link '${name}'`,
        () => {
          if (flags.has('s')) files.makeLink(target, path)
          // Two names for one file are not kept: the second begins as a copy.
          else files.put(path, files.lookup(fromDirectory(process.cwd, target)))
        },
      )
    },
  )

export const touch = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'camd:r:t:h', long: { 'no-create': 'c', date: 'd', reference: 'r' } },
    async ({ flags, values, operands }) => {
      const { files, clock } = process.machine
      if (operands.length === 0)
        return complain(process, "touch: missing file operand\nTry 'touch --help' for more information.")
      const reference = values.get('r')
      const given = values.get('d')
      const mtime =
        reference !== undefined
          ? files.lookup(fromDirectory(process.cwd, reference)).mtime
          : given !== undefined
            ? Date.parse(given)
            : clock.now()
      if (Number.isNaN(mtime)) return complain(process, `touch: invalid date format '${given ?? ''}'`)
      return eachOperand(
        process,
        operands,
        (name) => `cannot touch '${name}'`,
        (path) => {
          if (!files.find(path)) {
            if (flags.has('c')) return
            files.create(path, { mode: 0o666 & ~process.umask })
          }
          files.change(path, { mtime })
        },
      )
    },
  )

export const mktemp = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'dutp:' }, async ({ flags, values, operands }) => {
    const { files, random } = process.machine
    const template = operands[0] ?? joinPath(values.get('p') ?? '/tmp', 'tmp.XXXXXXXXXX')
    const path = template.replace(/X{3,}$/, (letters) => random.hex(letters.length))
    return eachOperand(
      process,
      [path],
      (name) => `failed to create ${flags.has('d') ? 'directory' : 'file'} via template '${name}'`,
      async (absolute) => {
        if (flags.has('d')) files.makeDirectory(absolute, 0o700)
        else files.create(absolute, { mode: 0o600 })
        await print(process, `${path}\n`)
      },
    )
  })
