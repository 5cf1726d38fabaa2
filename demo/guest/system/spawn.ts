import { absolutePath } from './path.ts'
import { isSystemError, systemError } from './errno.ts'
import type { RegularFile } from './file-node.ts'
import type { Machine } from './machine.ts'
import { fork, type ForkOptions, type Process } from './process.ts'

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Where a command is found: a path as it is, a name along PATH. Throws ENOENT, EACCES or EISDIR. */
export function findProgram(process: Process, name: string): string {
  const { files } = process.machine
  if (name.includes('/')) {
    const path = absolutePath(process.cwd, name)
    const node = files.lookup(path)
    if (node.type === 'directory') throw systemError('EACCES')
    if ((node.mode & 0o111) === 0) throw systemError('EACCES')
    return path
  }
  let refused = false
  for (const directory of (process.env.get('PATH') ?? DEFAULT_PATH).split(':')) {
    const path = absolutePath(process.cwd, `${directory || '.'}/${name}`)
    const node = name === '' ? undefined : files.find(path)
    if (node?.type !== 'file') continue
    if ((node.mode & 0o111) !== 0) return path
    refused = true
  }
  throw systemError(refused ? 'EACCES' : 'ENOENT')
}

const decoder = new TextDecoder()

/** What really runs for a file: itself, or its interpreter with the script as argument. Throws ENOENT or ENOEXEC. */
function interpreted(
  machine: Machine,
  path: string,
  argv: readonly string[],
): { program: string; argv: readonly string[] } {
  const node = machine.files.lookup(path)
  if (node.type !== 'file') throw systemError('EACCES')
  if (node.program !== undefined) return { program: node.program, argv }
  const shebang = /^#!\s*(\S+)(?:[ \t]+(.*\S))?/.exec(firstLine(node))
  if (shebang) {
    const [, interpreter = '', argument] = shebang
    const inner = machine.files.find(interpreter)
    if (inner?.type !== 'file' || inner.program === undefined) throw systemError('ENOENT')
    const given = argument === undefined ? [] : [argument]
    return { program: inner.program, argv: [interpreter, ...given, path, ...argv.slice(1)] }
  }
  if (node.bytes.subarray(0, Math.min(node.size, 512)).includes(0)) throw systemError('ENOEXEC')
  // A shell runs what the kernel will not: text without a first line is taken for a script.
  return { program: 'sh', argv: ['sh', path, ...argv.slice(1)] }
}

function firstLine(node: RegularFile): string {
  const head = decoder.decode(node.bytes.subarray(0, Math.min(node.size, 256)))
  return head.split('\n', 1)[0] ?? ''
}

/** Starts the program at `path` as a child; throws what execve and fork would, before anything is started. */
export function spawn(
  parent: Process,
  path: string,
  options: ForkOptions,
  prepare?: (child: Process) => void,
): { child: Process; ended: Promise<number> } {
  const { program, argv } = interpreted(parent.machine, path, options.argv)
  const run = parent.session.programs.get(program)
  if (!run) throw systemError('ENOEXEC')
  return fork(parent, { ...options, argv }, async (child) => {
    prepare?.(child)
    return run(child, argv.slice(1))
  })
}

/** Runs argv as a child and waits for it, as xargs, env and find -exec do; 127 or 126 when it cannot be run. */
export async function runCommand(
  parent: Process,
  argv: readonly string[],
  options: Partial<ForkOptions> = {},
  failed?: (reason: string) => Promise<void>,
): Promise<number> {
  try {
    const name = argv[0] ?? ''
    const env = options.env ?? parent.env
    const path = findProgram({ ...parent, env, cwd: options.cwd ?? parent.cwd }, name)
    return await spawn(parent, path, { ...options, argv }).ended
  } catch (error) {
    if (!isSystemError(error)) throw error
    await failed?.(error.message)
    return error.errno === 'ENOENT' ? 127 : 126
  }
}

/** Becomes another program, as execve does; throws what execve would. */
export function becomeProgram(process: Process, path: string, argv: readonly string[]): Promise<number> {
  const meant = interpreted(process.machine, path, argv)
  const run = process.session.programs.get(meant.program)
  if (!run) throw systemError('ENOEXEC')
  const task = process.machine.tasks.find(process.pid)
  if (task) task.argv = meant.argv
  return run(process, meant.argv.slice(1))
}
