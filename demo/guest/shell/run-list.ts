import { pipe } from '../system/pipe.ts'
import { openPath } from '../system/open-file.ts'
import { fork, setFile, writeText, type Process } from '../system/process.ts'
import { finishShell } from './finish-shell.ts'
import { runCompound } from './run-compound.ts'
import { runSimple } from './run-simple.ts'
import { isShellError, messagePrefix, subshell, type Shell } from './shell.ts'
import type { AndOr, Command, List, Pipeline } from './syntax-tree.ts'

/** Runs commands one after another until one of them ends the shell; answers the last status. */
export async function runList(shell: Shell, list: List): Promise<number> {
  for (const entry of list) {
    if (entry.background) startJob(shell, entry)
    else shell.status = await runAndOr(shell, entry)
    if (shell.caught.length > 0) await runTraps(shell)
    if (shell.unwind) break
  }
  return shell.status
}

/** Runs the traps of the signals that have come in. */
async function runTraps(shell: Shell): Promise<void> {
  for (const name of shell.caught.splice(0)) {
    const action = shell.traps.get(name)
    if (action === undefined || action === '') continue
    const { status } = shell
    await shell.runText(shell, action)
    shell.status = status
  }
}

async function runAndOr(shell: Shell, { first, rest }: AndOr): Promise<number> {
  const all = [{ operator: '&&' as const, pipeline: first }, ...rest]
  let status = 0
  for (const [index, { operator, pipeline }] of all.entries()) {
    if (index > 0 && (operator === '&&') !== (status === 0)) continue
    const last = index === all.length - 1
    if (!last) shell.tested++
    try {
      status = await runPipeline(shell, pipeline)
      shell.status = status
    } finally {
      if (!last) shell.tested--
    }
    if (shell.unwind) return status
    const fatal = last && status !== 0 && shell.options.errexit && shell.tested === 0 && !pipeline.negated
    if (fatal) shell.unwind = { to: 'exit' }
  }
  return status
}

async function runPipeline(shell: Shell, pipeline: Pipeline): Promise<number> {
  const startedAt = shell.process.machine.clock.now()
  if (pipeline.negated) shell.tested++
  try {
    const [only, ...more] = pipeline.commands
    const status =
      only && more.length === 0 ? await runCommand(shell, only, false) : await runStages(shell, pipeline)
    if (pipeline.timed)
      await writeText(shell.process, 2, timeText(shell.process.machine.clock.now() - startedAt))
    return pipeline.negated ? Number(status === 0) : status
  } finally {
    if (pipeline.negated) shell.tested--
  }
}

function timeText(ms: number): string {
  const shown = (value: number) => `${Math.floor(value / 60_000)}m${((value % 60_000) / 1000).toFixed(3)}s`
  return `\nreal\t${shown(ms)}\nuser\t${shown(ms * 0.4)}\nsys\t${shown(ms * 0.1)}\n`
}

/** Each command of a pipeline runs in a subshell of its own, all at the same time. */
async function runStages(shell: Shell, { commands }: Pipeline): Promise<number> {
  const stages: Promise<number>[] = []
  let input: ReturnType<typeof pipe>['reader'] | undefined
  for (const [index, command] of commands.entries()) {
    const next = index < commands.length - 1 ? pipe() : undefined
    const from = input
    const { ended } = fork(shell.process, { argv: [shell.name] }, async (child) => {
      if (from) setFile(child, 0, from)
      if (next) {
        setFile(child, 1, next.writer)
      }
      return runChild(shell, child, command)
    })
    stages.push(ended)
    input = next?.reader
  }
  const statuses = await Promise.all(stages)
  const failed = shell.options.pipefail ? statuses.findLast((status) => status !== 0) : undefined
  return failed ?? statuses.at(-1) ?? 0
}

/** Runs one command as the whole of a subshell, which a program may therefore replace. */
async function runChild(shell: Shell, child: Process, command: Command): Promise<number> {
  const sub = subshell(shell, child)
  sub.status = await runCommand(sub, command, true)
  return finishShell(sub)
}

/** Runs a command; `last` is true where a program may take the place of this shell. */
async function runCommand(shell: Shell, command: Command, last: boolean): Promise<number> {
  shell.line = command.line
  try {
    if (command.kind === 'simple') return await runSimple(shell, command, last)
    if (command.kind === 'function') {
      shell.functions.set(command.name, command.body)
      return 0
    }
    return await runCompound(shell, command)
  } catch (error) {
    if (!isShellError(error)) throw error
    await writeText(shell.process, 2, `${messagePrefix(shell)}${error.message}\n`)
    if (error.fatal) {
      shell.status = error.code
      if (shell.source !== 'interactive') shell.unwind = { to: 'exit' }
    }
    return error.code
  }
}

/** Starts a command in the background, reading nothing. */
function startJob(shell: Shell, entry: AndOr): void {
  const { child, ended } = fork(shell.process, { argv: [shell.name] }, async (process) => {
    setFile(process, 0, openPath(process.machine.files, '/dev/null', 'read'))
    const [only, ...more] = entry.first.commands
    if (only && more.length === 0 && entry.rest.length === 0 && !entry.first.negated)
      return runChild(shell, process, only)
    const sub = subshell(shell, process)
    sub.status = await runAndOr(sub, entry)
    return finishShell(sub)
  })
  const job = {
    number: (shell.jobs.at(-1)?.number ?? 0) + 1,
    pid: child.pid,
    killedBy: () => child.killedBy,
    text: entry.text,
    ended,
    code: undefined as number | undefined,
  }
  void ended.then((code) => (job.code = code))
  shell.jobs.push(job)
  shell.lastBackground = child.pid
  shell.status = 0
}
