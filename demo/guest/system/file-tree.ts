import { systemError } from './errno.ts'
import type { Directory, FileNode, RegularFile } from './file-node.ts'
import { pathParts } from './path.ts'

/** What a guest may write before its disk is full: the host's memory pays for it. */
const DISK_BYTES = 64 * 2 ** 20
const NODE_BYTES = 512
const MAX_LINKS = 40

/** What of a node can be changed without its content. */
export interface Attributes {
  mode?: number
  uid?: number
  gid?: number
  mtime?: number
}

/** A file system that shares every node with its base and with its captures, and copies what it changes. */
export interface FileTree {
  /** Throws a SystemError when there is nothing. */
  lookup(path: string, follow?: boolean): FileNode
  find(path: string, follow?: boolean): FileNode | undefined
  /** Entries of a directory, sorted by name; throws ENOTDIR for anything else. */
  list(path: string): [string, FileNode][]
  /** The path without symbolic links; the last part need not exist. */
  realPath(path: string): string
  /** Makes an empty file, or answers the one that is there, emptied when `truncate` says so. */
  create(path: string, options?: { mode?: number; truncate?: boolean }): void
  read(path: string, offset: number, length: number): Uint8Array | undefined
  /** Writes at `offset`, or at the end; answers the offset behind it. What was removed meanwhile takes it silently. */
  write(path: string, bytes: Uint8Array, offset: number | 'end'): number
  /** Puts a whole node in place, replacing a file that is there. */
  put(path: string, node: FileNode): void
  makeDirectory(path: string, mode?: number): void
  makeLink(target: string, path: string): void
  unlink(path: string): void
  removeDirectory(path: string): void
  rename(from: string, to: string): void
  change(path: string, attributes: Attributes, follow?: boolean): void
  /** Bytes written so far, as the quota counts them. */
  used(): number
  /** The root as it is now; later writes do not show in it. */
  capture(): Directory
}

export interface FileTreeOptions {
  root: Directory
  /** Bytes that the root's own writes already count. */
  used: number
  now: () => number
  /** What the kernel mounts: the entries of a directory by its mount's name. */
  mounts: Record<string, () => Map<string, FileNode>>
}

const costOf = (node: FileNode) => NODE_BYTES + (node.type === 'file' ? node.bytes.length : 0)

export function fileTree(options: FileTreeOptions): FileTree {
  const { now, mounts } = options
  let { root, used } = options
  let owner = {}
  let nextInode = 200_000 + used

  const entriesOf = (directory: Directory) =>
    directory.mount === undefined ? directory.entries : (mounts[directory.mount]?.() ?? directory.entries)

  /** The physical parts of a path, and its node when there is one. */
  const resolve = (path: string, follow: boolean): { parts: string[]; node: FileNode | undefined } => {
    const todo = pathParts(path)
    const parts: string[] = []
    const trail: FileNode[] = [root]
    let links = 0
    while (todo.length > 0) {
      const name = todo.shift() ?? ''
      const here = trail.at(-1)
      if (!here) throw systemError('ENOENT')
      if (here.type !== 'directory') throw systemError('ENOTDIR')
      if (name === '..') {
        if (parts.length > 0) {
          parts.pop()
          trail.pop()
        }
        continue
      }
      if (name.length > 255) throw systemError('ENAMETOOLONG')
      const child = entriesOf(here).get(name)
      if (!child) {
        if (todo.length > 0) throw systemError('ENOENT')
        return { parts: [...parts, name], node: undefined }
      }
      if (child.type === 'link' && (follow || todo.length > 0)) {
        if (++links > MAX_LINKS) throw systemError('ELOOP')
        if (child.target.startsWith('/')) {
          parts.length = 0
          trail.length = 1
        }
        todo.unshift(...pathParts(child.target))
        continue
      }
      parts.push(name)
      trail.push(child)
    }
    const node = trail.at(-1)
    if (path.endsWith('/') && node && node.type !== 'directory' && follow) throw systemError('ENOTDIR')
    return { parts, node }
  }

  const find = (path: string, follow = true) => {
    try {
      return resolve(path, follow).node
    } catch {
      return undefined
    }
  }
  const lookup = (path: string, follow = true) => {
    const { node } = resolve(path, follow)
    if (!node) throw systemError('ENOENT')
    return node
  }

  const own = <N extends FileNode>(node: N): N => {
    if (node.owner === owner) return node
    const copy = { ...node, owner }
    if (copy.type === 'directory') copy.entries = new Map(copy.entries)
    return copy
  }
  /** The directory at physical parts, as this tree's own; throws EROFS where the kernel makes up the entries. */
  const ownDirectory = (parts: string[]): Directory => {
    let here = own(root)
    root = here
    for (const name of parts) {
      if (here.mount !== undefined) throw systemError('EPERM')
      const child = here.entries.get(name)
      if (!child) throw systemError('ENOENT')
      if (child.type !== 'directory') throw systemError('ENOTDIR')
      const mine = own(child)
      here.entries.set(name, mine)
      here = mine
    }
    if (here.mount !== undefined) throw systemError('EPERM')
    return here
  }
  const charge = (bytes: number) => {
    if (bytes > 0 && used + bytes > DISK_BYTES) throw systemError('ENOSPC')
    used = Math.max(0, used + bytes)
  }
  const place = (parts: string[], node: FileNode): void => {
    const name = parts.at(-1)
    if (name === undefined) throw systemError('EEXIST')
    const parent = ownDirectory(parts.slice(0, -1))
    const before = parent.entries.get(name)
    charge(costOf(node) - (before ? costOf(before) : 0))
    parent.entries.set(name, { ...node, inode: before?.inode ?? nextInode++, owner })
    parent.mtime = now()
  }
  const remove = (parts: string[]): void => {
    const name = parts.at(-1)
    if (name === undefined) throw systemError('EPERM')
    const parent = ownDirectory(parts.slice(0, -1))
    const node = parent.entries.get(name)
    if (node && node.owner === owner) charge(-costOf(node))
    parent.entries.delete(name)
    parent.mtime = now()
  }
  const blank = (mode: number) => ({ mode, uid: 0, gid: 0, mtime: now(), inode: 0, owner })

  /** The file at physical parts as this tree's own, with room for `size` bytes. */
  const ownFile = (parts: string[], size: number): RegularFile | undefined => {
    const name = parts.at(-1) ?? ''
    const parent = ownDirectory(parts.slice(0, -1))
    const before = parent.entries.get(name)
    if (before?.type !== 'file') return undefined
    const file = own(before)
    delete file.program
    const shared = before.owner !== owner
    if (shared || file.bytes.length < size) {
      const room = Math.max(size, size > file.size ? Math.min(file.size * 2, size + 2 ** 23) : 0)
      charge(room - (shared ? 0 : file.bytes.length))
      const bytes = new Uint8Array(room)
      bytes.set(file.bytes.subarray(0, Math.min(file.size, room)))
      file.bytes = bytes
    }
    parent.entries.set(name, file)
    return file
  }

  return {
    lookup,
    find,
    list(path) {
      const node = lookup(path)
      if (node.type !== 'directory') throw systemError('ENOTDIR')
      return [...entriesOf(node)].sort(([a], [b]) => (a < b ? -1 : 1))
    },
    realPath: (path) => `/${resolve(path, true).parts.join('/')}`,
    create(path, { mode = 0o644, truncate = true } = {}) {
      const { parts, node } = resolve(path, true)
      if (!node) return place(parts, { type: 'file', ...blank(mode), bytes: new Uint8Array(0), size: 0 })
      if (node.type === 'directory') throw systemError('EISDIR')
      if (node.type === 'generated') throw systemError('EACCES')
      if (node.type !== 'file' || !truncate) return
      place(parts, { ...node, bytes: new Uint8Array(0), size: 0, mtime: now() })
    },
    read(path, offset, length) {
      const node = find(path)
      if (node?.type !== 'file') return undefined
      return node.bytes.slice(offset, Math.min(node.size, offset + length))
    },
    write(path, bytes, offset) {
      const { parts, node } = resolve(path, true)
      if (node?.type !== 'file') return offset === 'end' ? 0 : offset + bytes.length
      const start = offset === 'end' ? node.size : offset
      const end = start + bytes.length
      const file = ownFile(parts, end)
      if (!file) return end
      file.bytes.set(bytes, start)
      file.size = Math.max(file.size, end)
      file.mtime = now()
      return end
    },
    put(path, node) {
      const { parts, node: before } = resolve(path, node.type !== 'link')
      if (before?.type === 'directory') throw systemError('EISDIR')
      place(parts, node)
    },
    makeDirectory(path, mode = 0o755) {
      const { parts, node } = resolve(path, false)
      if (node) throw systemError('EEXIST')
      place(parts, { type: 'directory', ...blank(mode), entries: new Map() })
    },
    makeLink(target, path) {
      const { parts, node } = resolve(path, false)
      if (node) throw systemError('EEXIST')
      place(parts, { type: 'link', ...blank(0o777), target })
    },
    unlink(path) {
      const { parts, node } = resolve(path, false)
      if (!node) throw systemError('ENOENT')
      if (node.type === 'directory') throw systemError('EISDIR')
      remove(parts)
    },
    removeDirectory(path) {
      const { parts, node } = resolve(path, false)
      if (!node) throw systemError('ENOENT')
      if (node.type !== 'directory') throw systemError('ENOTDIR')
      if (node.mount !== undefined) throw systemError('EPERM')
      if (node.entries.size > 0) throw systemError('ENOTEMPTY')
      remove(parts)
    },
    rename(from, to) {
      const source = resolve(from, false)
      const target = resolve(to, false)
      if (!source.node) throw systemError('ENOENT')
      const [before, after] = [source.parts.join('/'), target.parts.join('/')]
      if (before === after) return
      if (after.startsWith(`${before}/`)) throw systemError('EINVAL')
      if (target.node?.type === 'directory') {
        if (source.node.type !== 'directory') throw systemError('EISDIR')
        if (target.node.entries.size > 0) throw systemError('ENOTEMPTY')
      }
      if (target.node && target.node.type !== 'directory' && source.node.type === 'directory') {
        throw systemError('ENOTDIR')
      }
      const parent = ownDirectory(target.parts.slice(0, -1))
      remove(source.parts)
      if (source.node.owner === owner) charge(costOf(source.node))
      parent.entries.set(target.parts.at(-1) ?? '', source.node)
      parent.mtime = now()
    },
    change(path, attributes, follow = true) {
      const { parts, node } = resolve(path, follow)
      if (!node) throw systemError('ENOENT')
      if (parts.length === 0) {
        root = { ...own(root), ...attributes }
        return
      }
      const parent = ownDirectory(parts.slice(0, -1))
      const mine = own(node)
      if (mine !== node) charge(NODE_BYTES)
      parent.entries.set(parts.at(-1) ?? '', Object.assign(mine, attributes))
    },
    used: () => used,
    capture() {
      // From here on nothing is this tree's own, so every later write copies what the capture still holds.
      owner = {}
      return root
    },
  }
}
