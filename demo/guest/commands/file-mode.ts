import type { FileNode } from '../system/file-node.ts'

const KINDS: Record<FileNode['type'], string> = {
  file: '-',
  directory: 'd',
  link: 'l',
  device: 'c',
  generated: '-',
}

/** `drwxr-xr-x`. */
export function modeText(node: FileNode): string {
  const letters = ['r', 'w', 'x']
  const bits = Array.from({ length: 9 }, (_, i) =>
    (node.mode & (0o400 >> i)) === 0 ? '-' : (letters[i % 3] ?? ''),
  )
  if ((node.mode & 0o1000) !== 0) bits[8] = bits[8] === 'x' ? 't' : 'T'
  if ((node.mode & 0o4000) !== 0) bits[2] = bits[2] === 'x' ? 's' : 'S'
  if ((node.mode & 0o2000) !== 0) bits[5] = bits[5] === 'x' ? 's' : 'S'
  return `${KINDS[node.type]}${bits.join('')}`
}

const WHO: Record<string, number> = { u: 0o700, g: 0o070, o: 0o007, a: 0o777 }
const WHAT: Record<string, number> = { r: 0o444, w: 0o222, x: 0o111 }

/** The mode after `755` or `u+x,go-w`; undefined for what is none. */
export function changedMode(spec: string, node: FileNode): number | undefined {
  if (/^[0-7]{1,4}$/.test(spec)) return Number.parseInt(spec, 8)
  let { mode } = node
  for (const clause of spec.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(clause)
    if (!match) return undefined
    const [, who = '', operator, what = ''] = match
    const mask = Array.from(who || 'a').reduce((bits, each) => bits | (WHO[each] ?? 0), 0)
    const executable = node.type === 'directory' || (mode & 0o111) !== 0
    const wanted =
      Array.from(what).reduce(
        (bits, each) => bits | (each === 'X' ? (executable ? 0o111 : 0) : (WHAT[each] ?? 0)),
        0,
      ) & mask
    const sticky = what.includes('t') ? 0o1000 : 0
    if (operator === '+') mode |= wanted | sticky
    else if (operator === '-') mode &= ~(wanted | sticky)
    else mode = (mode & ~mask) | wanted | sticky
  }
  return mode
}

/** Bytes of a file as its size shows them. */
export function sizeOf(node: FileNode): number {
  switch (node.type) {
    case 'file':
      return node.size
    case 'directory':
      return 4096
    case 'link':
      return node.target.length
    case 'device':
    case 'generated':
      return 0
  }
}

/** `4.0K`, `1.2M`: one decimal below ten, rounded up. */
export function humanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes)
  let value = bytes
  let unit = -1
  while (value >= 1024 && unit < 4) {
    value /= 1024
    unit++
  }
  const shown = value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : String(Math.ceil(value))
  return `${shown}${'KMGTP'[unit] ?? ''}`
}
