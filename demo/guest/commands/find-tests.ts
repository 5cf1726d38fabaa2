import type { FileNode } from '../system/file-node.ts'
import { changedMode, sizeOf } from './file-mode.ts'
import { type Step, type Search, mistake } from './find-search.ts'

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

/** `-type f,d`. */
export function typeTest(letters: string): Step {
  const types = new Set(letters.split(',').flatMap((letter) => TYPES[letter] ?? []))
  return ({ node }) => types.has(node.type)
}

/** `-size +5k`: in whole units, rounded up. Throws for what is no size. */
export function sizeTest(text: string): Step {
  const [, number = '', unit = ''] = /^([-+]?\d+)([cwbkMG]?)$/.exec(text) ?? []
  if (number === '') throw mistake("invalid argument to `-size'")
  return ({ node }) => compareNumber(number, Math.ceil(sizeOf(node) / (UNITS[unit] ?? 512)))
}

/** `-mtime -1`: in whole units, rounded down. */
export const ageTest =
  ({ process }: Search, number: string, unit: number): Step =>
  ({ node }) =>
    compareNumber(number, Math.floor((process.machine.clock.now() - node.mtime) / unit))

/** `-perm 644`, `-perm -u+x` (all of these), `-perm /222` (any of these). */
export function permissionTest(text: string): Step {
  const wanted = (node: FileNode) => changedMode(text.replace(/^[-/]/, ''), { ...node, mode: 0 }) ?? 0
  return ({ node }) =>
    text.startsWith('-')
      ? (node.mode & wanted(node)) === wanted(node)
      : text.startsWith('/')
        ? (node.mode & wanted(node)) !== 0
        : node.mode === wanted(node)
}

/** Whether there is nothing in it. */
export function isEmpty(node: FileNode): boolean {
  return node.type === 'directory'
    ? node.mount === undefined && node.entries.size === 0
    : node.type === 'file' && node.size === 0
}
