import type { FileNode } from '../system/file-node.ts'

const BLOCK = 512
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** One entry of an archive, as its header tells it. */
export interface TarEntry {
  name: string
  mode: number
  uid: number
  gid: number
  size: number
  /** Seconds since the epoch. */
  mtime: number
  type: string
  link: string
}

const octal = (value: number, length: number) =>
  `${Math.max(0, Math.floor(value))
    .toString(8)
    .padStart(length - 1, '0')}\0`

/** A name of up to 255 letters is split at a slash, as ustar does; undefined when it does not fit. */
function splitName(name: string): [string, string] | undefined {
  if (encoder.encode(name).length <= 100) return ['', name]
  for (let cut = name.indexOf('/'); cut >= 0; cut = name.indexOf('/', cut + 1)) {
    const [prefix, rest] = [name.slice(0, cut), name.slice(cut + 1)]
    if (encoder.encode(prefix).length <= 155 && encoder.encode(rest).length <= 100 && rest !== '')
      return [prefix, rest]
  }
  return undefined
}

/** The header of an entry, preceded by GNU's long name where ustar has no room. */
export function tarHeader(entry: TarEntry): Uint8Array {
  const split = splitName(entry.name)
  if (split) return headerBlock(entry, split)
  const name = encoder.encode(`${entry.name}\0`)
  const long = headerBlock({ ...entry, size: name.length, type: 'L', link: '' }, ['', '././@LongLink'])
  return Buffer.concat([long, padded(name), headerBlock(entry, ['', entry.name.slice(0, 100)])])
}

function headerBlock(entry: TarEntry, [prefix, name]: [string, string]): Uint8Array {
  const block = new Uint8Array(BLOCK)
  const put = (at: number, text: string) => block.set(encoder.encode(text), at)
  put(0, name)
  put(100, octal(entry.mode, 8))
  put(108, octal(entry.uid, 8))
  put(116, octal(entry.gid, 8))
  put(124, octal(entry.size, 12))
  put(136, octal(entry.mtime, 12))
  put(148, ' '.repeat(8))
  put(156, entry.type)
  put(157, entry.link.slice(0, 100))
  put(257, 'ustar\u000000')
  put(265, 'root')
  put(297, 'root')
  put(345, prefix)
  put(
    148,
    `${block
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
  )
  return block
}

/** Bytes filled up to whole blocks. */
export function padded(bytes: Uint8Array): Uint8Array {
  const rest = bytes.length % BLOCK
  return rest === 0 ? bytes : Buffer.concat([bytes, new Uint8Array(BLOCK - rest)])
}

/** Two empty blocks end an archive. */
export const tarEnd = () => new Uint8Array(BLOCK * 2)

const textAt = (block: Uint8Array, from: number, length: number) =>
  decoder.decode(block.subarray(from, from + length)).split('\0', 1)[0] ?? ''
const numberAt = (block: Uint8Array, from: number, length: number) =>
  Number.parseInt(textAt(block, from, length).trim() || '0', 8)

/** Reads a header; undefined for an empty block. Throws for what is none. */
export function readHeader(block: Uint8Array): TarEntry | undefined {
  if (block.every((byte) => byte === 0)) return undefined
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
  if (sum !== numberAt(block, 148, 8)) throw archiveFault('This does not look like a tar archive')
  const prefix = textAt(block, 257, 5) === 'ustar' ? textAt(block, 345, 155) : ''
  const name = textAt(block, 0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: numberAt(block, 100, 8),
    uid: numberAt(block, 108, 8),
    gid: numberAt(block, 116, 8),
    size: numberAt(block, 124, 12),
    mtime: numberAt(block, 136, 12),
    type: textAt(block, 156, 1) || '0',
    link: textAt(block, 157, 100),
  }
}

export const archiveFault = (message: string) => Object.assign(new Error(message), { archive: true })

export const isArchiveFault = (error: unknown): error is Error => error instanceof Error && 'archive' in error

const TYPES: Record<FileNode['type'], string> = {
  file: '0',
  generated: '0',
  directory: '5',
  link: '2',
  device: '3',
}

export function entryOf(name: string, node: FileNode, size: number): TarEntry {
  const link = node.type === 'link' ? node.target : ''
  return {
    name: node.type === 'directory' ? `${name.replace(/\/$/, '')}/` : name,
    mode: node.mode,
    uid: node.uid,
    gid: node.gid,
    size,
    mtime: node.mtime / 1000,
    type: TYPES[node.type],
    link,
  }
}

/** What a `pax` header sets: `<length> key=value` per line. */
export function paxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>()
  for (const match of decoder.decode(bytes).matchAll(/\d+ ([^=]+)=([^\n]*)\n/g))
    records.set(match[1] ?? '', match[2] ?? '')
  return records
}
