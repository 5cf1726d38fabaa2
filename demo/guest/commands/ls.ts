import { isSystemError } from '../system/errno.ts'
import type { FileNode } from '../system/file-node.ts'
import { fromDirectory, joinPath } from '../system/path.ts'
import { complain, print, type Process } from '../system/process.ts'
import { humanSize, modeText, sizeOf } from './file-mode.ts'
import { inColumns, paint } from './ls-look.ts'
import { withOptions } from './options.ts'
import { groupName, userName } from './users.ts'

const LONG = {
  all: 'a',
  'almost-all': 'A',
  recursive: 'R',
  'human-readable': 'h',
  reverse: 'r',
  directory: 'd',
  inode: 'i',
  classify: 'F',
  color: 'G',
  'full-time': 'l',
}

interface Entry {
  name: string
  path: string
  node: FileNode
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const HALF_YEAR = 15_778_476_000

/** `Mar  4 09:30`, or the year when that was long ago. */
export function listTime(mtime: number, now: number): string {
  const date = new Date(mtime)
  const day = `${MONTHS[date.getUTCMonth()] ?? ''} ${String(date.getUTCDate()).padStart(2)}`
  const recent = mtime > now - HALF_YEAR && mtime <= now + 60_000
  return `${day} ${recent ? date.toISOString().slice(11, 16) : ` ${date.getUTCFullYear()}`}`
}

export const ls = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'aAlh1RrtSdiFCnkpGgos', long: LONG, usage: 2 },
    async ({ flags, operands }) => {
      const { machine, cwd } = process
      const { files } = machine
      const long = flags.has('l') || flags.has('n') || flags.has('g') || flags.has('o')
      const terminal = process.files.get(1)?.terminal?.()
      const painted = (name: string, node: FileNode) =>
        terminal && flags.has('G') ? paint(name, node) : name
      let status = 0

      const ordered = (entries: Entry[]) => {
        if (flags.has('t')) entries.sort((a, b) => b.node.mtime - a.node.mtime)
        else if (flags.has('S')) entries.sort((a, b) => sizeOf(b.node) - sizeOf(a.node))
        return flags.has('r') ? entries.reverse() : entries
      }
      const suffix = ({ node }: Entry) => {
        if (!flags.has('F') && !flags.has('p')) return ''
        if (node.type === 'directory') return '/'
        if (!flags.has('F')) return ''
        return node.type === 'link' ? '@' : (node.mode & 0o111) === 0 ? '' : '*'
      }
      const inode = ({ node }: Entry) =>
        `${flags.has('i') ? `${node.inode} ` : ''}${flags.has('s') ? `${node.type === 'link' ? 0 : Math.ceil(sizeOf(node) / 4096) * 4} ` : ''}`
      const size = (node: FileNode) => {
        if (node.type === 'device') return `${node.major}, ${node.minor}`
        return flags.has('h') ? humanSize(sizeOf(node)) : String(sizeOf(node))
      }
      const longRow = (entry: Entry) => {
        const { node } = entry
        const links =
          node.type === 'directory'
            ? 2 + [...node.entries.values()].filter((child) => child.type === 'directory').length
            : 1
        const owner = flags.has('n') ? String(node.uid) : userName(machine, node.uid)
        const group = flags.has('n') ? String(node.gid) : groupName(machine, node.gid)
        const target = node.type === 'link' ? ` -> ${node.target}` : ''
        return [
          inode(entry) + modeText(node),
          String(links),
          owner,
          group,
          size(node),
          listTime(node.mtime, machine.clock.now()),
          `${painted(entry.name, node)}${target}${node.type === 'link' ? '' : suffix(entry)}`,
        ]
      }
      const show = (entries: Entry[]): string => {
        const named = (entry: Entry) => ({
          text: `${inode(entry)}${painted(entry.name, entry.node)}${suffix(entry)}`,
          width: `${inode(entry)}${entry.name}${suffix(entry)}`.length,
        })
        if (!long && terminal && !flags.has('1')) return inColumns(entries.map(named), terminal)
        if (!long) return entries.map((entry) => `${named(entry).text}\n`).join('')
        const rows = entries.map(longRow)
        const widths = [0, 1, 2, 3, 4].map((column) =>
          Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
        )
        return rows
          .map(
            (row) =>
              `${row.map((cell, i) => (i === 1 || i === 4 ? cell.padStart(widths[i] ?? 0) : i < 4 ? cell.padEnd(widths[i] ?? 0) : cell)).join(' ')}\n`,
          )
          .join('')
      }
      const listDirectory = (path: string): Entry[] => {
        const absolute = fromDirectory(cwd, path)
        const entries = files
          .list(absolute)
          .map(([name, node]) => ({ name, path: joinPath(path, name), node }))
        const dots = ['.', '..'].map((name) => ({
          name,
          path: joinPath(path, name),
          node: files.lookup(`${absolute}/${name}`),
        }))
        if (flags.has('a')) return ordered([...dots, ...entries])
        return ordered(flags.has('A') ? entries : entries.filter(({ name }) => !name.startsWith('.')))
      }
      const blocks = (entries: Entry[]) =>
        entries.reduce(
          (sum, { node }) => sum + (node.type === 'link' ? 0 : Math.ceil(sizeOf(node) / 4096) * 4),
          0,
        )
      const total = (entries: Entry[]) =>
        long ? `total ${flags.has('h') ? humanSize(blocks(entries) * 1024) : blocks(entries)}\n` : ''

      const plain: Entry[] = []
      const directories: string[] = []
      for (const name of operands.length > 0 ? operands : ['.']) {
        try {
          const node = files.lookup(fromDirectory(cwd, name), !long && !flags.has('d'))
          if (node.type === 'directory' && !flags.has('d')) directories.push(name)
          else if (node.type === 'link' && name.endsWith('/')) directories.push(name)
          else plain.push({ name, path: name, node })
        } catch (error) {
          if (!isSystemError(error)) throw error
          status = await complain(process, `ls: cannot access '${name}': ${error.message}`, 2)
        }
      }
      if (plain.length > 0) await print(process, show(ordered(plain)))
      const titled = operands.length > 1 || flags.has('R')
      const queue = [...directories]
      for (let first = plain.length === 0; queue.length > 0; first = false) {
        const path = queue.shift() ?? ''
        let entries: Entry[]
        try {
          entries = listDirectory(path)
        } catch (error) {
          if (!isSystemError(error)) throw error
          status = await complain(process, `ls: cannot open directory '${path}': ${error.message}`, 2)
          continue
        }
        await print(
          process,
          `${titled ? `${first ? '' : '\n'}${path}:\n` : ''}${total(entries)}${show(entries)}`,
        )
        if (flags.has('R'))
          queue.unshift(
            ...entries
              .filter(({ name, node }) => node.type === 'directory' && name !== '.' && name !== '..')
              .map((entry) => entry.path),
          )
      }
      return status
    },
  )
