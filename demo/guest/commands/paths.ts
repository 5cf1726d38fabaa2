import { isSystemError } from '../system/errno.ts'
import { baseName, directoryName, fromDirectory } from '../system/path.ts'
import { complain, nameOf, print, type Process } from '../system/process.ts'
import { findProgram } from '../system/spawn.ts'
import { modeText, sizeOf } from './file-mode.ts'
import { withOptions } from './options.ts'
import { groupName, userName } from './users.ts'

export async function basename(process: Process, args: string[]): Promise<number> {
  const [path, suffix] = args[0] === '--' ? args.slice(1) : args
  if (path === undefined)
    return complain(process, "basename: missing operand\nTry 'basename --help' for more information.")
  const name = baseName(path)
  await print(
    process,
    `${suffix !== undefined && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
  )
  return 0
}

export async function dirname(process: Process, args: string[]): Promise<number> {
  if (args.length === 0)
    return complain(process, "dirname: missing operand\nTry 'dirname --help' for more information.")
  await print(process, args.map((path) => `${directoryName(path)}\n`).join(''))
  return 0
}

export async function pwd(process: Process): Promise<number> {
  await print(process, `${process.cwd}\n`)
  return 0
}

export const readlink = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'fenmsqv' }, async ({ flags, operands }) => {
    let status = 0
    for (const name of operands) {
      const path = fromDirectory(process.cwd, name)
      const node = process.machine.files.find(path, false)
      if (flags.has('f') || flags.has('e') || flags.has('m'))
        await print(process, `${process.machine.files.realPath(path)}\n`)
      else if (node?.type === 'link') await print(process, `${node.target}\n`)
      else status = 1
    }
    return status
  })

export const realpath = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'emsqz' }, async ({ operands }) => {
    let status = 0
    for (const name of operands) {
      try {
        await print(process, `${process.machine.files.realPath(fromDirectory(process.cwd, name))}\n`)
      } catch (error) {
        if (!isSystemError(error)) throw error
        status = await complain(process, `realpath: ${name}: ${error.message}`)
      }
    }
    return status
  })

export const which = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'as' }, async ({ operands }) => {
    let status = 0
    for (const name of operands) {
      try {
        await print(process, `${findProgram(process, name)}\n`)
      } catch (error) {
        if (!isSystemError(error)) throw error
        status = 1
      }
    }
    return status
  })

const stamp = (ms: number) => `${new Date(ms).toISOString().replace('T', ' ').replace('Z', '000000')} +0000`

const TYPES = {
  file: 'regular file',
  directory: 'directory',
  link: 'symbolic link',
  device: 'character special file',
  generated: 'regular empty file',
} as const

export const stat = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'c:Lft', long: { format: 'c', printf: 'c', dereference: 'L' } },
    async ({ flags, values, operands }) => {
      const { machine } = process
      let status = 0
      if (operands.length === 0)
        return complain(process, "stat: missing operand\nTry 'stat --help' for more information.")
      for (const name of operands) {
        try {
          const node = machine.files.lookup(fromDirectory(process.cwd, name), flags.has('L'))
          const octal = node.mode.toString(8)
          const size = sizeOf(node)
          const kind = node.type === 'file' && size === 0 ? 'regular empty file' : TYPES[node.type]
          const blocks = node.type === 'link' ? 0 : Math.ceil(size / 4096) * 8
          const [user, group] = [userName(machine, node.uid), groupName(machine, node.gid)]
          const shown = node.type === 'link' ? `${name} -> ${node.target}` : name
          const format = values.get('c')
          if (format !== undefined) {
            const meanings: Record<string, string> = {
              n: name,
              N: `'${name}'`,
              s: String(size),
              a: octal,
              A: modeText(node),
              U: user,
              G: group,
              u: String(node.uid),
              g: String(node.gid),
              F: kind,
              i: String(node.inode),
              Y: String(Math.floor(node.mtime / 1000)),
              X: String(Math.floor(node.mtime / 1000)),
              Z: String(Math.floor(node.mtime / 1000)),
              y: stamp(node.mtime),
              h: '1',
              b: String(blocks),
              B: '512',
              f: '81a4',
              '%': '%',
            }
            await print(
              process,
              `${format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => meanings[letter] ?? whole)}\n`,
            )
            continue
          }
          const id = (number: number, text: string) => `(${String(number).padStart(5)}/${text.padStart(8)})`
          await print(
            process,
            [
              `  File: ${shown}`,
              `  Size: ${String(size).padEnd(10)}\tBlocks: ${String(blocks).padEnd(10)} IO Block: 4096   ${kind}`,
              `Device: 254,1\tInode: ${String(node.inode).padEnd(11)} Links: ${node.type === 'directory' ? 2 : 1}`,
              `Access: (${octal.padStart(4, '0')}/${modeText(node)})  Uid: ${id(node.uid, user)}   Gid: ${id(node.gid, group)}`,
              `Access: ${stamp(node.mtime)}`,
              `Modify: ${stamp(node.mtime)}`,
              `Change: ${stamp(node.mtime)}`,
              ' Birth: -',
              '',
            ].join('\n'),
          )
        } catch (error) {
          if (!isSystemError(error)) throw error
          status = await complain(process, `stat: cannot statx '${name}': ${error.message}`)
        }
      }
      return status
    },
  )

/** What `file` says of each operand, roughly. */
export async function file(process: Process, args: string[]): Promise<number> {
  for (const name of args.filter((arg) => !arg.startsWith('-'))) {
    const node = process.machine.files.find(fromDirectory(process.cwd, name), false)
    const said = !node
      ? `cannot open \`${name}' (No such file or directory)`
      : node.type === 'directory'
        ? 'directory'
        : node.type === 'link'
          ? `symbolic link to ${node.target}`
          : node.type === 'device'
            ? `character special (${node.major}/${node.minor})`
            : node.type === 'generated' || node.size === 0
              ? 'empty'
              : node.program === undefined
                ? 'ASCII text'
                : 'ELF 64-bit LSB pie executable, x86-64, version 1 (SYSV), dynamically linked'
    await print(process, `${name}: ${said}\n`)
  }
  return args.length === 0 ? complain(process, `Usage: ${nameOf(process)} [-bchikLNnprsvz0] file ...`) : 0
}
