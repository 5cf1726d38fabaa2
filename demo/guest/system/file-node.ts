interface Common {
  /** Permission bits. */
  mode: number
  uid: number
  gid: number
  /** Epoch milliseconds. */
  mtime: number
  inode: number
  /** The tree that may change this node in place; every other one makes its own copy first. */
  owner: object
}

/** `bytes` may be longer than the file, so that appending does not copy each time. */
export interface RegularFile extends Common {
  type: 'file'
  bytes: Uint8Array
  size: number
  /** The program that this file is; its bytes are only there to be looked at. */
  program?: string
}

export interface Directory extends Common {
  type: 'directory'
  entries: Map<string, FileNode>
  /** The kernel makes up the entries: `proc`. */
  mount?: string
}

export interface SymbolicLink extends Common {
  type: 'link'
  target: string
}

export type DeviceName = 'null' | 'zero' | 'full' | 'random'

export interface Device extends Common {
  type: 'device'
  device: DeviceName
  major: number
  minor: number
}

/** A file of the kernel: its text is made when it is read. */
export interface GeneratedFile extends Common {
  type: 'generated'
  text: () => string
}

export type FileNode = RegularFile | Directory | SymbolicLink | Device | GeneratedFile

/** The owner of what no tree may change in place: the shared base layer and the kernel's own files. */
export const FROZEN = Object.freeze({})

let lastInode = 2

const common = (mode: number, mtime: number) => ({
  mode,
  uid: 0,
  gid: 0,
  mtime,
  inode: lastInode++,
  owner: FROZEN,
})

const EPOCH = Date.UTC(2026, 4, 12, 6, 30)
const encoder = new TextEncoder()

export function regularFile(content: string | Uint8Array, mode = 0o644): RegularFile {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content
  return { type: 'file', ...common(mode, EPOCH), bytes, size: bytes.length }
}

/** An executable; its first bytes are those of an ELF file. */
export function programFile(program: string): RegularFile {
  const bytes = encoder.encode(`\u007fELF\u0002\u0001\u0001\u0000 ${program}\n`)
  return { type: 'file', ...common(0o755, EPOCH), bytes, size: bytes.length, program }
}

export function directory(entries: Record<string, FileNode> = {}, mode = 0o755): Directory {
  return { type: 'directory', ...common(mode, EPOCH), entries: new Map(Object.entries(entries)) }
}

export function symbolicLink(target: string): SymbolicLink {
  return { type: 'link', ...common(0o777, EPOCH), target }
}

export function device(name: DeviceName, minor: number): Device {
  return { type: 'device', ...common(0o666, EPOCH), device: name, major: 1, minor }
}

export function generatedFile(text: () => string, mode = 0o444): GeneratedFile {
  return { type: 'generated', ...common(mode, EPOCH), text }
}
