import { SIGNALS } from '../system/signals.ts'
import { complain, nameOf, print, standardInput, type Process } from '../system/process.ts'
import { readText } from '../system/read-lines.ts'
import { becomeProgram, findProgram, runCommand, spawn } from '../system/spawn.ts'
import { isSystemError } from '../system/errno.ts'
import { withOptions } from './options.ts'

const refusal = (process: Process, name: string) => async (reason: string) =>
  void (await complain(process, `${nameOf(process)}: ${name}: ${reason}`))

/** Words as xargs reads them: blanks separate, quotes and backslashes keep. */
function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(/(?:[^\s"'\\]|"[^"\n]*"|'[^'\n]*'|\\[^])+/g), ([word]) =>
    word.replace(
      /"([^"]*)"|'([^']*)'|\\([^])/g,
      (_, double?: string, single?: string, letter?: string) => double ?? single ?? letter ?? '',
    ),
  )
}

function unmatchedQuote(text: string): 'single' | 'double' | undefined {
  const rest = text.replace(/\\[^]|"[^"\n]*"|'[^'\n]*'/g, '')
  const found = /["']/.exec(rest)?.[0]
  return found === undefined ? undefined : found === '"' ? 'double' : 'single'
}

export const xargs = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    {
      letters: '0n:I:L:P:d:rtx',
      long: { null: '0', 'max-args': 'n', 'no-run-if-empty': 'r', replace: 'I', delimiter: 'd' },
      stopAtOperand: true,
    },
    async ({ flags, values, operands }) => {
      const text = await readText(process, standardInput(process))
      const delimiter = flags.has('0') ? '\0' : values.get('d')?.replace('\\n', '\n')
      const replace = values.get('I')
      const separated = (by: string) =>
        text.split(by).filter((word, i, all) => i < all.length - 1 || word !== '')
      const words =
        delimiter !== undefined
          ? separated(delimiter)
          : replace !== undefined || flags.has('L')
            ? separated('\n')
                .map((line) => line.trim())
                .filter((line) => line !== '')
            : wordsOf(text)
      const open = delimiter === undefined && replace === undefined ? unmatchedQuote(text) : undefined
      if (open !== undefined)
        return complain(
          process,
          `xargs: unmatched ${open} quote; by default quotes are special to xargs unless you use the -0 option`,
        )
      const command = operands.length > 0 ? operands : ['echo']
      const size = replace === undefined ? Number(values.get('n') ?? values.get('L') ?? 5_000) : 1
      const runs: string[][] = []
      for (let i = 0; i < words.length; i += size) runs.push(words.slice(i, i + size))
      if (runs.length === 0 && !flags.has('r') && replace === undefined) runs.push([])
      let status = 0
      for (const run of runs) {
        const argv =
          replace === undefined
            ? [...command, ...run.flatMap((word) => (flags.has('L') ? wordsOf(word) : [word]))]
            : command.map((word) => word.replaceAll(replace, run[0] ?? ''))
        if (flags.has('t')) await complain(process, argv.join(' '))
        const code = await runCommand(process, argv, {}, refusal(process, argv[0] ?? ''))
        if (code === 126 || code === 127) return code
        if (code === 255) return 124
        if (code !== 0) status = 123
      }
      return status
    },
  )

export async function env(process: Process, args: string[]): Promise<number> {
  const words = [...args]
  let variables = new Map(process.env)
  let cwd: string | undefined
  for (let word = words[0]; word?.startsWith('-'); word = words[0]) {
    words.shift()
    if (word === '-i' || word === '-' || word === '--ignore-environment') variables = new Map()
    else if (word === '-u') variables.delete(words.shift() ?? '')
    else if (word === '-C') cwd = words.shift()
    else if (word === '--') break
    else
      return complain(
        process,
        `env: invalid option -- '${word.slice(1)}'\nTry 'env --help' for more information.`,
        125,
      )
  }
  while (/^[^=]+=/.test(words[0] ?? '')) {
    const [name = '', value = ''] = (words.shift() ?? '').split(/=(.*)/s)
    variables.set(name, value)
  }
  if (words.length > 0)
    return runCommand(
      process,
      words,
      { env: variables, ...(cwd === undefined ? {} : { cwd }) },
      async (reason) => void (await complain(process, `env: ‘${words[0] ?? ''}’: ${reason}`)),
    )
  await print(process, Array.from(variables, ([name, value]) => `${name}=${value}\n`).join(''))
  return 0
}

export async function printenv(process: Process, names: string[]): Promise<number> {
  if (names.length === 0) return env(process, [])
  let status = 0
  for (const name of names) {
    const value = process.env.get(name)
    if (value === undefined) status = 1
    else await print(process, `${value}\n`)
  }
  return status
}

/** `nohup`, `nice` and the like: the command takes the place of what started it. An exec still ends with its session. */
const inPlace = (skip: (args: string[]) => string[]) => async (process: Process, args: string[]) => {
  const argv = skip(args)
  const [name = ''] = argv
  const own = nameOf(process)
  if (argv.length === 0)
    return complain(process, `${own}: missing operand\nTry '${own} --help' for more information.`, 125)
  try {
    return await becomeProgram(process, findProgram(process, name), argv)
  } catch (error) {
    if (!isSystemError(error)) throw error
    return complain(
      process,
      `${own}: failed to run command ‘${name}’: ${error.message}`,
      error.errno === 'ENOENT' ? 127 : 126,
    )
  }
}

const withoutOptions = (args: string[]) => args.slice(args.findIndex((arg) => !arg.startsWith('-')))

export const nohup = inPlace((args) => args)
export const setsid = inPlace(withoutOptions)
export const stdbuf = inPlace(withoutOptions)
export const nice = inPlace((args) =>
  args[0] === '-n' ? args.slice(2) : args[0]?.startsWith('-') ? args.slice(1) : args,
)
export const sudo = inPlace((args) =>
  args[0] === '-u' ? args.slice(2) : args[0]?.startsWith('-') ? args.slice(1) : args,
)

const SECONDS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

export const timeout = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    {
      letters: 's:k:v',
      long: { signal: 's', 'kill-after': 'k', foreground: 'v' },
      stopAtOperand: true,
      usage: 125,
    },
    async ({ operands: [limit = '', ...argv] }) => {
      const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(limit)
      if (!match)
        return complain(
          process,
          `timeout: invalid time interval ‘${limit}’\nTry 'timeout --help' for more information.`,
          125,
        )
      const ms = Number(match[1]) * (SECONDS[match[2] ?? ''] ?? 1) * 1000
      try {
        const { child, ended } = spawn(process, findProgram(process, argv[0] ?? ''), { argv })
        let late = false
        const cancel = process.machine.clock.after(ms, () => {
          late = true
          child.deliver(SIGNALS.TERM)
        })
        const code = await ended.finally(cancel)
        return late ? 124 : code
      } catch (error) {
        if (!isSystemError(error)) throw error
        return complain(
          process,
          `timeout: failed to run command ‘${argv[0] ?? ''}’: ${error.message}`,
          error.errno === 'ENOENT' ? 127 : 126,
        )
      }
    },
  )

/** `time` as a program, which sh has instead of a keyword. */
export async function time(process: Process, args: string[]): Promise<number> {
  const argv = args[0] === '-p' ? args.slice(1) : args
  const startedAt = process.machine.clock.now()
  const code = await runCommand(
    process,
    argv,
    {},
    async (reason) => void (await complain(process, `time: cannot run ${argv[0] ?? ''}: ${reason}`)),
  )
  const seconds = (process.machine.clock.now() - startedAt) / 1000
  await complain(
    process,
    `real ${seconds.toFixed(2)}\nuser ${(seconds * 0.4).toFixed(2)}\nsys ${(seconds * 0.1).toFixed(2)}`,
  )
  return code
}
