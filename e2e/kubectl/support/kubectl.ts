import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { join } from 'node:path'
import { inject } from 'vitest'

/** How a kubectl ended, and what it said. */
export interface Outcome {
  code: number
  stdout: string
  stderr: string
}

export interface KubectlOptions {
  namespace?: string
  stdin?: string | Uint8Array
  /** Environment beyond PATH and HOME, such as EDITOR. */
  env?: Record<string, string>
}

/** The arguments of a command line: one text is split at its blanks, a list is taken as it is. */
export type Args = string | readonly string[]

/** A kubectl that is still running. */
export interface Running {
  /** What it has said so far. */
  stdout(): string
  stderr(): string
  stdin: ChildProcessWithoutNullStreams['stdin']
  /** Resolves when it ends by itself. */
  ended: Promise<Outcome>
  /** Ends it as Ctrl-C does. */
  stop(): Promise<Outcome>
}

/** Nothing that the suite asks of kubectl takes this long on a cluster that works. */
const LIMIT_MS = 60_000

/** What newer kubectls add to their own words, taken away: the suite holds for v1.32 and for v1.36. */
const plain = (text: string) => text.replaceAll(/(deleted) from \S+ namespace\b/g, '$1')

/** The paths, with their queries, that a kubectl told with `-v=6` has got. */
export const requestsTold = (stderr: string): string[] =>
  [...stderr.matchAll(/\bGET(?:"? url="| )https:\/\/[^/]+(\/[^\s"]*)/g)].map(([, path]) => path ?? '')

const wordsOf = (args: Args) => (typeof args === 'string' ? args.split(/\s+/).filter(Boolean) : args)

/** Starts kubectl against the cluster under test; nothing of the user's own configuration reaches it. */
export function startKubectl(args: Args, options: KubectlOptions = {}): Running {
  const home = inject('kubectlHome')
  const where = options.namespace === undefined ? [] : ['--namespace', options.namespace]
  const child = spawn(
    'kubectl',
    [
      '--kubeconfig',
      join(home, 'kubeconfig'),
      '--cache-dir',
      join(home, 'cache'),
      ...where,
      ...wordsOf(args),
    ],
    {
      cwd: home,
      env: { NODE_ENV: 'test', PATH: process.env.PATH, HOME: home, ...options.env },
      timeout: LIMIT_MS,
    },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  // kubectl may end without reading what it is given.
  child.stdin.on('error', () => undefined)
  if (options.stdin !== undefined) child.stdin.end(options.stdin)
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (signal === 'SIGTERM') reject(new Error(`kubectl ${wordsOf(args).join(' ')} did not end: ${stderr}`))
      else resolve({ code: code ?? -1, stdout: plain(stdout), stderr: plain(stderr) })
    })
  })
  ended.catch(() => undefined)
  return {
    stdout: () => plain(stdout),
    stderr: () => stderr,
    stdin: child.stdin,
    ended,
    stop() {
      child.kill('SIGINT')
      return ended
    },
  }
}

/** Runs kubectl to its end; rejects when it takes longer than a minute. Without `stdin` its input is empty. */
export function kubectl(args: Args, options: KubectlOptions = {}): Promise<Outcome> {
  return startKubectl(args, { stdin: '', ...options }).ended
}

/** What a kubectl that must succeed writes to its output, without blanks around it. */
export async function ok(args: Args, options?: KubectlOptions): Promise<string> {
  const { code, stdout, stderr } = await kubectl(args, options)
  if (code !== 0) throw new Error(`kubectl ${wordsOf(args).join(' ')} ended with ${code}: ${stderr}${stdout}`)
  return stdout.trim()
}

/** What kubectl tells its developers, such as that a watch has ended which it has ended itself. */
const LOG_LINES = /^[IWE]\d{4} .*\n/gm

/** The complaint of a kubectl that must fail, without blanks around it. */
export async function refusal(args: Args, options?: KubectlOptions): Promise<string> {
  const { code, stdout, stderr } = await kubectl(args, options)
  if (code === 0) throw new Error(`kubectl ${wordsOf(args).join(' ')} succeeded: ${stdout}`)
  return stderr.replaceAll(LOG_LINES, '').trim()
}
