import type { FileNode } from '../system/file-node.ts'
import { fromDirectory } from '../system/path.ts'
import { complain, type Process } from '../system/process.ts'

const FILE_TESTS: Record<string, (node: FileNode) => boolean> = {
  '-e': () => true,
  '-a': () => true,
  '-f': (node) => node.type === 'file' || node.type === 'generated',
  '-d': (node) => node.type === 'directory',
  '-s': (node) => (node.type === 'file' ? node.size > 0 : node.type === 'directory'),
  '-r': () => true,
  '-w': () => true,
  '-x': (node) => (node.mode & 0o111) !== 0,
  '-O': () => true,
  '-G': () => true,
  '-c': (node) => node.type === 'device',
  '-b': () => false,
  '-p': () => false,
  '-S': () => false,
  '-u': () => false,
  '-g': () => false,
  '-k': (node) => (node.mode & 0o1000) !== 0,
}

export const isUnaryTest = (operator: string) =>
  Object.hasOwn(FILE_TESTS, operator) || ['-n', '-z', '-L', '-h', '-t', '-v'].includes(operator)

/** `-f file`, `-z text` and the like. */
export function unaryTest(process: Process, operator: string, operand: string): boolean {
  if (operator === '-n') return operand !== ''
  if (operator === '-z') return operand === ''
  // None is, but in what `script` runs (contract 6.7).
  if (operator === '-t') return process.files.get(Number(operand))?.terminal !== undefined
  if (operator === '-v') return process.env.has(operand)
  const { files } = process.machine
  const path = fromDirectory(process.cwd, operand)
  if (operator === '-L' || operator === '-h')
    return operand !== '' && files.find(path, false)?.type === 'link'
  const node = operand === '' ? undefined : files.find(path)
  return node !== undefined && (FILE_TESTS[operator]?.(node) ?? false)
}

/** The expression makes no sense; the message says why. */
export interface TestMistake {
  message: string
  /** In bash's words, where they differ. */
  bash?: string
}

const NUMERIC: Record<string, (a: bigint, b: bigint) => boolean> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
}

const BINARY = new Set([...Object.keys(NUMERIC), '=', '==', '!=', '<', '>', '-nt', '-ot', '-ef'])

function binaryTest(process: Process, left: string, operator: string, right: string): boolean | TestMistake {
  const compare = NUMERIC[operator]
  if (compare) {
    for (const each of [left, right])
      if (!/^\s*[-+]?\d+\s*$/.test(each))
        return { message: `Illegal number: ${each}`, bash: `${each}: integer expression expected` }
    return compare(BigInt(left.trim()), BigInt(right.trim()))
  }
  const nodeOf = (path: string) => process.machine.files.find(fromDirectory(process.cwd, path))
  switch (operator) {
    case '=':
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '>':
      return left > right
    case '-nt':
      return (nodeOf(left)?.mtime ?? 0) > (nodeOf(right)?.mtime ?? 0)
    case '-ot':
      return (nodeOf(left)?.mtime ?? 0) < (nodeOf(right)?.mtime ?? 0)
    default:
      return nodeOf(left) !== undefined && nodeOf(left)?.inode === nodeOf(right)?.inode
  }
}

/** Evaluates what stands after `test`; answers what is wrong with it when something is. */
export function runTest(process: Process, args: readonly string[]): boolean | TestMistake {
  let at = 0
  let mistake: TestMistake | undefined
  const fail = (message: string, bash = message) => {
    mistake ??= { message, bash }
    return false
  }
  const primary = (): boolean => {
    const word = args[at]
    if (word === undefined) return fail('argument expected')
    const [, operator, right] = args.slice(at)
    if (operator !== undefined && right !== undefined && BINARY.has(operator)) {
      at += 3
      const truth = binaryTest(process, word, operator, right)
      return typeof truth === 'boolean' ? truth : fail(truth.message, truth.bash)
    }
    if (word === '!' && args.length - at > 1) {
      at++
      return !primary()
    }
    if (word === '(' && args.length - at > 2) {
      at++
      const inner = either()
      if (args[at++] !== ')') return fail('closing paren expected')
      return inner
    }
    if (
      isUnaryTest(word) &&
      operator !== undefined &&
      !(args.length - at > 2 && (operator === '-a' || operator === '-o'))
    ) {
      at += 2
      return unaryTest(process, word, operator)
    }
    at++
    return word !== ''
  }
  const both = (): boolean => {
    let truth = primary()
    while (args[at] === '-a') {
      at++
      const next = primary()
      truth = truth && next
    }
    return truth
  }
  const either = (): boolean => {
    let truth = both()
    while (args[at] === '-o') {
      at++
      const next = both()
      truth = truth || next
    }
    return truth
  }
  if (args.length === 0) return false
  const truth = either()
  if (!mistake && at < args.length)
    fail(
      `${args[at - 1] ?? ''}: unexpected operator`,
      args.length === 3 ? `${args[at] ?? ''}: binary operator expected` : 'too many arguments',
    )
  return mistake ?? truth
}

/** `test`; `prefix` begins a message: a shell puts its own name and line there. */
export async function test(process: Process, args: string[], prefix = '', name = 'test'): Promise<number> {
  const truth = runTest(process, args)
  if (typeof truth === 'boolean') return truth ? 0 : 1
  return complain(
    process,
    `${prefix}${name}: ${prefix.includes(': line ') || prefix.startsWith('bash: ') ? (truth.bash ?? truth.message) : truth.message}`,
    2,
  )
}

export async function bracket(process: Process, args: string[], prefix = ''): Promise<number> {
  if (args.at(-1) !== ']') return complain(process, `${prefix}[: missing ]`, 2)
  return test(process, args.slice(0, -1), prefix, '[')
}
