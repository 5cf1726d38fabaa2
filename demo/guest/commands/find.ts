import { isSystemError } from '../system/errno.ts'
import type { FileNode } from '../system/file-node.ts'
import { baseName, directoryName, fromDirectory, joinPath } from '../system/path.ts'
import { complain, print, type Process } from '../system/process.ts'
import { runCommand } from '../system/spawn.ts'
import { breathe } from '../system/breathe.ts'
import { matchesPattern } from '../shell/pattern.ts'
import { changedMode, modeText, sizeOf } from './file-mode.ts'
import { listTime } from './ls.ts'
import { posixRegex } from './posix-regex.ts'
import { userName } from './users.ts'

interface Found {
  path: string
  node: FileNode
  depth: number
}

/** A test or action: answers whether the expression goes on. */
type Step = (found: Found) => Promise<boolean> | boolean

interface Search {
  process: Process
  acts: boolean
  minDepth: number
  maxDepth: number
  depthFirst: boolean
  pruned: boolean
  status: number
  /** Paths gathered for `-exec ... {} +`. */
  batches: { argv: string[]; paths: string[] }[]
}

const TYPES: Record<string, FileNode['type'][]> = {
  f: ['file', 'generated'],
  d: ['directory'],
  l: ['link'],
  c: ['device'],
}
const UNITS: Record<string, number> = { c: 1, w: 2, b: 512, k: 1024, M: 2 ** 20, G: 2 ** 30, '': 512 }

/** `+5`, `-5`, `5`. */
function compareNumber(text: string, value: number): boolean {
  const wanted = Math.abs(Number(text))
  return text.startsWith('+') ? value > wanted : text.startsWith('-') ? value < wanted : value === wanted
}

function isEmpty(node: FileNode): boolean {
  return node.type === 'directory'
    ? node.mount === undefined && node.entries.size === 0
    : node.type === 'file' && node.size === 0
}

function remove({ process }: Search, { path, node }: Found): boolean {
  const { files } = process.machine
  const absolute = fromDirectory(process.cwd, path)
  if (node.type === 'directory') files.removeDirectory(absolute)
  else files.unlink(absolute)
  return true
}

function formatted({ process }: Search, format: string, { path, node, depth }: Found): string {
  const meanings: Record<string, string> = {
    p: path,
    f: baseName(path),
    h: directoryName(path),
    s: String(sizeOf(node)),
    m: node.mode.toString(8),
    M: modeText(node),
    d: String(depth),
    u: userName(process.machine, node.uid),
    y: node.type === 'directory' ? 'd' : node.type === 'link' ? 'l' : 'f',
    '%': '%',
    t: listTime(node.mtime, process.machine.clock.now()),
    P: path.replace(/^[^/]*\/?/, ''),
  }
  return format
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\0/g, '\0')
    .replace(/%([a-zA-Z%])/g, (whole, letter: string) => meanings[letter] ?? whole)
}

const mistake = (message: string) => Object.assign(new Error(message), { usage: true })

/** Reads the expression behind the paths, as tests joined by and, or and not. Throws for what is none. */
function parseExpression(search: Search, args: string[]): Step {
  const { process } = search
  const value = (name: string) => {
    const next = args.shift()
    if (next === undefined) throw mistake(`missing argument to \`${name}'`)
    return next
  }
  const exec = (name: string): Step => {
    const argv: string[] = []
    for (let word = args.shift(); word !== ';'; word = args.shift()) {
      if (word === undefined) throw mistake(`missing argument to \`${name}'`)
      if (word === '+' && argv.at(-1) === '{}') {
        const batch = { argv: argv.slice(0, -1), paths: [] as string[] }
        search.batches.push(batch)
        return ({ path }) => batch.paths.push(path) > 0
      }
      argv.push(word)
    }
    return async ({ path }) =>
      (await runCommand(
        process,
        argv.map((word) => word.replaceAll('{}', path)),
        {},
        async (reason) => void (await complain(process, `find: ‘${argv[0] ?? ''}’: ${reason}`)),
      )) === 0
  }
  const sizeTest = (): Step => {
    const [, number = '', unit = ''] = /^([-+]?\d+)([cwbkMG]?)$/.exec(value('-size')) ?? []
    if (number === '') throw mistake("invalid argument to `-size'")
    return ({ node }) => compareNumber(number, Math.ceil(sizeOf(node) / (UNITS[unit] ?? 512)))
  }
  const age = (name: string, unit: number): Step => {
    const number = value(name)
    return ({ node }) => compareNumber(number, Math.floor((process.machine.clock.now() - node.mtime) / unit))
  }
  const output = (text: (found: Found) => string): Step => {
    search.acts = true
    return async (found) => {
      await print(process, text(found))
      return true
    }
  }
  const primary = (): Step => {
    const name = args.shift() ?? ''
    switch (name) {
      case '(': {
        const inner = either()
        if (args.shift() !== ')')
          throw mistake("invalid expression; I was expecting to find a ')' somewhere but did not see one.")
        return inner
      }
      case '!':
      case '-not': {
        const inner = primary()
        return async (found) => !(await inner(found))
      }
      case '-name':
      case '-iname': {
        const pattern = value(name)
        return ({ path }) => matchesPattern(pattern, baseName(path), name === '-iname')
      }
      case '-path':
      case '-wholename':
      case '-ipath': {
        const pattern = value(name)
        return ({ path }) => matchesPattern(pattern, path, name === '-ipath')
      }
      case '-regex': {
        const regex = posixRegex(`^(${value(name)})$`, true)
        return ({ path }) => regex.test(path)
      }
      case '-type': {
        const types = new Set(
          value(name)
            .split(',')
            .flatMap((letter) => TYPES[letter] ?? []),
        )
        return ({ node }) => types.has(node.type)
      }
      case '-size':
        return sizeTest()
      case '-mtime':
      case '-atime':
      case '-ctime':
        return age(name, 86_400_000)
      case '-mmin':
      case '-amin':
      case '-cmin':
        return age(name, 60_000)
      case '-newer': {
        const { mtime } = process.machine.files.lookup(fromDirectory(process.cwd, value(name)))
        return ({ node }) => node.mtime > mtime
      }
      case '-user': {
        const user = value(name)
        return ({ node }) => userName(process.machine, node.uid) === user || String(node.uid) === user
      }
      case '-perm': {
        const text = value(name)
        const wanted = (node: FileNode) => changedMode(text.replace(/^[-/]/, ''), { ...node, mode: 0 }) ?? 0
        return ({ node }) =>
          text.startsWith('-')
            ? (node.mode & wanted(node)) === wanted(node)
            : text.startsWith('/')
              ? (node.mode & wanted(node)) !== 0
              : node.mode === wanted(node)
      }
      case '-executable':
        return ({ node }) => (node.mode & 0o111) !== 0
      case '-empty':
        return ({ node }) => isEmpty(node)
      case '-true':
        return () => true
      case '-false':
        return () => false
      case '-maxdepth':
        search.maxDepth = Number(value(name))
        return () => true
      case '-mindepth':
        search.minDepth = Number(value(name))
        return () => true
      case '-depth':
      case '-mount':
      case '-xdev':
        if (name === '-depth') search.depthFirst = true
        return () => true
      case '-prune':
        return () => (search.pruned = true)
      case '-print':
        return output(({ path }) => `${path}\n`)
      case '-print0':
        return output(({ path }) => `${path}\0`)
      case '-ls':
        return output(
          ({ path, node }) =>
            `${String(node.inode).padStart(9)} ${String(Math.ceil(sizeOf(node) / 1024)).padStart(6)} ${modeText(node)} 1 root root ${String(sizeOf(node)).padStart(8)} ${listTime(node.mtime, process.machine.clock.now())} ${path}\n`,
        )
      case '-printf': {
        const format = value(name)
        return output((found) => formatted(search, format, found))
      }
      case '-delete':
        search.acts = true
        search.depthFirst = true
        return (found) => remove(search, found)
      case '-exec':
      case '-ok':
        search.acts = true
        return exec(name)
      default:
        if (name === '') throw mistake('invalid expression')
        throw mistake(
          name.startsWith('-') ? `unknown predicate \`${name}'` : `paths must precede expression: \`${name}'`,
        )
    }
  }
  const both = (): Step => {
    let step = primary()
    while (args.length > 0 && !['-o', '-or', ')'].includes(args[0] ?? '')) {
      if (args[0] === '-a' || args[0] === '-and') args.shift()
      const [before, next] = [step, primary()]
      step = async (found) => (await before(found)) && next(found)
    }
    return step
  }
  const either = (): Step => {
    let step = both()
    while (args[0] === '-o' || args[0] === '-or') {
      args.shift()
      const [before, next] = [step, both()]
      step = async (found) => (await before(found)) || next(found)
    }
    return step
  }
  const whole = args.length > 0 ? either() : () => true
  if (args.length > 0) throw mistake(`invalid expression; you have used a '${args[0] ?? ''}' somewhere`)
  if (search.acts) return whole
  const show = output(({ path }) => `${path}\n`)
  return async (found) => (await whole(found)) && show(found)
}

async function walk(search: Search, step: Step, found: Found): Promise<void> {
  const { process } = search
  await breathe(process.signal)
  const visit = async () => {
    if (found.depth < search.minDepth) return
    try {
      await step(found)
    } catch (error) {
      if (!isSystemError(error)) throw error
      search.status = await complain(process, `find: cannot delete ‘${found.path}’: ${error.message}`)
    }
  }
  search.pruned = false
  if (!search.depthFirst) await visit()
  if (found.node.type === 'directory' && !search.pruned && found.depth < search.maxDepth) {
    const absolute = fromDirectory(process.cwd, found.path)
    // What was removed meanwhile is passed over, as it is by the original.
    const children = process.machine.files.find(absolute, false) ? process.machine.files.list(absolute) : []
    for (const [name, node] of children)
      await walk(search, step, { path: joinPath(found.path, name), node, depth: found.depth + 1 })
  }
  if (search.depthFirst) await visit()
}

export async function find(process: Process, args: string[]): Promise<number> {
  const words = args.filter((arg, i) => !(i < 3 && ['-H', '-L', '-P'].includes(arg)))
  const start = words.findIndex((word) => /^[-!(]/.test(word))
  const paths = start < 0 ? words : words.slice(0, start)
  const search: Search = {
    process,
    acts: false,
    minDepth: 0,
    maxDepth: Infinity,
    depthFirst: false,
    pruned: false,
    status: 0,
    batches: [],
  }
  let step: Step
  try {
    step = parseExpression(search, start < 0 ? [] : words.slice(start))
  } catch (error) {
    if (!(error instanceof Error) || !('usage' in error)) throw error
    return complain(process, `find: ${error.message}`)
  }
  for (const path of paths.length > 0 ? paths : ['.']) {
    const node = process.machine.files.find(fromDirectory(process.cwd, path), false)
    if (node) await walk(search, step, { path, node, depth: 0 })
    else search.status = await complain(process, `find: ‘${path}’: No such file or directory`)
  }
  for (const { argv, paths: gathered } of search.batches) {
    if (gathered.length > 0 && (await runCommand(process, [...argv, ...gathered])) !== 0) search.status = 1
  }
  return search.status
}
