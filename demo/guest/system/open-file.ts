import { systemError } from './errno.ts'
import type { DeviceName } from './file-node.ts'
import type { FileTree } from './file-tree.ts'

/** An open file description: shared by the descriptors that were duplicated from one another. */
export interface OpenFile {
  /** What /proc/self/fd shows. */
  what: string
  /** The next bytes; undefined at the end. Rejects with the signal's reason. */
  read(signal: AbortSignal): Promise<Uint8Array | undefined>
  /** Gives back what was read too much, to be read next. */
  unread(chunk: Uint8Array): void
  /** Resolves when there is room for more. */
  write(chunk: Uint8Array, signal: AbortSignal): Promise<void>
  retain(): OpenFile
  release(): void
  /** The terminal that it is; absent for everything else. */
  terminal?: () => Terminal
}

/** What a terminal does with keys, and how large it is: what `stty` shows and sets. */
export interface TerminalSettings {
  /** Lines are edited here and read whole; false: programs get each key. */
  lines: boolean
  echo: boolean
  /** ^C and ^\ are signals. */
  signals: boolean
  columns: number
  rows: number
}

/** A terminal of a guest, as `script` makes one: what is typed at one end is read at the other. */
export interface Terminal {
  /** `/dev/pts/0`. */
  name: string
  settings: TerminalSettings
  /** The end of the programs. */
  file: OpenFile
  /** What is typed, as it comes. */
  type(keys: Uint8Array): Promise<void>
  /**
   * Looks anew, by the settings of now, at keys that came before: `rest`, and what nobody has read. A ^C among them is no
   * key any more.
   */
  reconsider(rest: Uint8Array): Promise<void>
  /** Nothing more is typed. */
  hangUp(): void
  /** Told of ^C and ^\; whoever runs programs in it says whom they meet. */
  onSignal: (signal: number) => void
  close(): void
}

const CHUNK = 65_536

/** How a file is opened: for reading, or for writing from the start, over what is there, or at the end. */
export type OpenMode = 'read' | 'write' | 'append' | 'update'

/** Opens what stands at an absolute path; throws a SystemError. */
export function openPath(files: FileTree, path: string, mode: OpenMode, permissions = 0o644): OpenFile {
  if (mode !== 'read') files.create(path, { mode: permissions, truncate: mode === 'write' })
  const node = files.lookup(path)
  if (node.type === 'directory' && mode !== 'read') throw systemError('EISDIR')
  if (node.type === 'device') return openDevice(node.device, path)
  if (node.type === 'generated') return openBytes(new TextEncoder().encode(node.text()), path)
  const real = files.realPath(path)
  let offset = 0
  let pushed: Uint8Array | undefined
  const file: OpenFile = {
    what: real,
    async read(signal) {
      signal.throwIfAborted()
      if (pushed) {
        const chunk = pushed
        pushed = undefined
        return chunk
      }
      if (files.find(real)?.type === 'directory') throw systemError('EISDIR')
      const chunk = files.read(real, offset, CHUNK)
      offset += chunk?.length ?? 0
      return chunk?.length ? chunk : undefined
    },
    unread(chunk) {
      if (chunk.length > 0) pushed = pushed ? Buffer.concat([chunk, pushed]) : chunk
    },
    async write(chunk, signal) {
      signal.throwIfAborted()
      if (mode === 'read') throw systemError('EBADF')
      offset = files.write(real, chunk, mode === 'append' ? 'end' : offset)
    },
    retain: () => file,
    release: () => {},
  }
  return file
}

/** An open file that holds bytes: a here-document, or a file of the kernel. */
export function openBytes(bytes: Uint8Array, what: string): OpenFile {
  let left = bytes
  const file: OpenFile = {
    what,
    async read(signal) {
      signal.throwIfAborted()
      const chunk = left.subarray(0, CHUNK)
      left = left.subarray(chunk.length)
      return chunk.length > 0 ? chunk : undefined
    },
    unread(chunk) {
      const joined = new Uint8Array(chunk.length + left.length)
      joined.set(chunk)
      joined.set(left, chunk.length)
      left = joined
    },
    write: () => Promise.reject(systemError('EBADF')),
    retain: () => file,
    release: () => {},
  }
  return file
}

/** A fast, not a secret, source: nothing in a guest of the demo is worth guessing. */
function noise(): Uint8Array {
  const words = new Uint32Array(1024)
  let state = 0x9e3779b9 ^ Math.floor(performance.now() * 1000)
  for (let i = 0; i < words.length; i++) {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), state | 1)
    words[i] = mixed ^ (mixed >>> 14)
  }
  return new Uint8Array(words.buffer)
}

const DEVICE_READ: Record<DeviceName, () => Uint8Array | undefined> = {
  null: () => undefined,
  zero: () => new Uint8Array(4096),
  full: () => new Uint8Array(4096),
  random: noise,
}

function openDevice(device: DeviceName, what: string): OpenFile {
  let pushed: Uint8Array | undefined
  const file: OpenFile = {
    what,
    async read(signal) {
      signal.throwIfAborted()
      const chunk = pushed ?? DEVICE_READ[device]()
      pushed = undefined
      return chunk
    },
    unread: (chunk) => void (pushed = chunk.length > 0 ? chunk : undefined),
    async write(_, signal) {
      signal.throwIfAborted()
      if (device === 'full') throw systemError('ENOSPC')
    },
    retain: () => file,
    release: () => {},
  }
  return file
}
