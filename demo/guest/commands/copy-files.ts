import type { FileNode } from '../system/file-node.ts'
import { directoryName, fromDirectory, joinPath } from '../system/path.ts'
import { complain, print, type Process } from '../system/process.ts'
import { eachOperand } from './each-operand.ts'
import { withOptions } from './options.ts'
import { targetsOf } from './targets-of.ts'

export const cp = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    {
      letters: 'rRafpvndTt:L',
      long: {
        recursive: 'r',
        archive: 'a',
        force: 'f',
        verbose: 'v',
        'no-clobber': 'n',
        'target-directory': 't',
      },
    },
    async ({ flags, values, operands }) => {
      const plan = targetsOf(process, operands, values.get('t'), flags.has('T'))
      if (typeof plan === 'string')
        return complain(process, `cp: ${plan}\nTry 'cp --help' for more information.`)
      const { files, clock } = process.machine
      const recursive = ['r', 'R', 'a'].some((flag) => flags.has(flag))
      const keep = flags.has('a') || flags.has('p')
      const asLink = flags.has('a') || flags.has('d') || (recursive && !flags.has('L'))
      const copyNode = (node: FileNode): FileNode => {
        if (node.type === 'generated') {
          const bytes = new TextEncoder().encode(node.text())
          return { ...node, type: 'file', mode: 0o644, mtime: clock.now(), bytes, size: bytes.length }
        }
        const times = keep ? {} : { mtime: clock.now(), uid: 0, gid: 0 }
        return node.type === 'file'
          ? { ...node, ...times, bytes: node.bytes.slice(0, node.size) }
          : { ...node, ...times }
      }
      const copy = (from: string, to: string) => {
        const node = files.lookup(from, !asLink)
        if (node.type !== 'directory') return files.put(to, copyNode(node))
        const children = files.list(from)
        if (files.find(to)?.type !== 'directory') files.makeDirectory(to, node.mode)
        for (const [name] of children) copy(joinPath(from, name), joinPath(to, name))
      }
      return eachOperand(
        process,
        plan.sources,
        (name) =>
          files.find(fromDirectory(process.cwd, name))
            ? `cannot create regular file '${plan.targetOf(name)}'`
            : `cannot stat '${name}'`,
        async (path, name) => {
          const target = plan.targetOf(name)
          const to = fromDirectory(process.cwd, target)
          const node = files.lookup(path)
          if (node.type === 'directory' && !recursive)
            return void (await complain(process, `cp: -r not specified; omitting directory '${name}'`))
          if (flags.has('n') && files.find(to)) return
          const real = files.realPath(path)
          const realTarget = files.find(directoryName(to)) ? files.realPath(to) : to
          if (real === realTarget)
            return void (await complain(process, `cp: '${name}' and '${target}' are the same file`))
          if (node.type === 'directory' && `${realTarget}/`.startsWith(`${real}/`))
            return void (await complain(
              process,
              `cp: cannot copy a directory, '${name}', into itself, '${target}'`,
            ))
          copy(path, to)
          if (flags.has('v')) await print(process, `'${name}' -> '${target}'\n`)
        },
      )
    },
  )
