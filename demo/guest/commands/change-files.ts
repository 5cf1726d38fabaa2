import { isSystemError } from '../system/errno.ts'
import type { FileNode } from '../system/file-node.ts'
import { baseName, directoryName, fromDirectory, joinPath } from '../system/path.ts'
import { complain, nameOf, print, type Process } from '../system/process.ts'
import { changedMode } from './file-mode.ts'
import { withOptions } from './options.ts'
import { groupID, userID } from './users.ts'

/** Does something for each operand; what the kernel refuses is said as `text` begins it, and makes the status 1. */
async function eachOperand(
  process: Process,
  operands: string[],
  text: (name: string) => string,
  act: (path: string, name: string) => void | Promise<void>,
): Promise<number> {
  let status = 0
  for (const name of operands) {
    try {
      await act(fromDirectory(process.cwd, name), name)
    } catch (error) {
      if (!isSystemError(error)) throw error
      status = await complain(process, `${nameOf(process)}: ${text(name)}: ${error.message}`)
    }
  }
  return status
}

const missingOperand = (process: Process) =>
  complain(
    process,
    `${nameOf(process)}: missing operand\nTry '${nameOf(process)} --help' for more information.`,
  )

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

/** Where sources go: into the last operand when that is a directory, else they become it. */
function targetsOf(
  process: Process,
  operands: string[],
  given: string | undefined,
  flat: boolean,
): { sources: string[]; targetOf: (source: string) => string } | string {
  const sources = given === undefined ? operands.slice(0, -1) : operands
  const last = given ?? operands.at(-1)
  if (last === undefined) return 'missing file operand'
  if (sources.length === 0) return `missing destination file operand after '${last}'`
  const isDirectory =
    !flat && process.machine.files.find(fromDirectory(process.cwd, last))?.type === 'directory'
  if (!isDirectory && sources.length > 1) return `target '${last}': No such file or directory`
  return { sources, targetOf: (source) => (isDirectory ? joinPath(last, baseName(source)) : last) }
}

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

/** Changes each operand, and with `-R` what is below it. */
async function changeEach(
  process: Process,
  operands: string[],
  recursive: boolean,
  text: (name: string) => string,
  change: (path: string) => void,
): Promise<number> {
  const { files } = process.machine
  const walk = (path: string) => {
    change(path)
    const node = files.lookup(path, false)
    if (recursive && node.type === 'directory')
      for (const [name] of files.list(path)) walk(joinPath(path, name))
  }
  return eachOperand(process, operands, text, walk)
}

export async function chmod(process: Process, args: string[]): Promise<number> {
  const recursive = args.some((arg) => /^-[a-zA-Z]*R/.test(arg))
  const [spec, ...operands] = args.filter((arg) => !/^-(?:R|f|v|c)+$/.test(arg))
  if (spec === undefined || operands.length === 0) return missingOperand(process)
  const { files } = process.machine
  if (changedMode(spec, files.lookup('/')) === undefined)
    return complain(process, `chmod: invalid mode: ‘${spec}’\nTry 'chmod --help' for more information.`)
  return changeEach(
    process,
    operands,
    recursive,
    (name) => `cannot access '${name}'`,
    (path) => {
      const mode = changedMode(spec, files.lookup(path))
      if (mode !== undefined) files.change(path, { mode })
    },
  )
}

export const chown = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'Rhvf' }, async ({ flags, operands: [spec, ...operands] }) => {
    if (spec === undefined || operands.length === 0) return missingOperand(process)
    const { machine } = process
    const onlyGroup = nameOf(process) === 'chgrp'
    const [user = '', group] = onlyGroup ? ['', spec] : spec.split(/[:.]/)
    const uid = user === '' ? undefined : userID(machine, user)
    const gid = group === undefined || group === '' ? undefined : groupID(machine, group)
    if (user !== '' && uid === undefined) return complain(process, `chown: invalid user: ‘${spec}’`)
    if (group !== undefined && group !== '' && gid === undefined)
      return complain(process, `${nameOf(process)}: invalid group: ‘${spec}’`)
    const change = { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) }
    return changeEach(
      process,
      operands,
      flags.has('R'),
      (name) => `cannot access '${name}'`,
      (path) => machine.files.change(path, change),
    )
  })

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
