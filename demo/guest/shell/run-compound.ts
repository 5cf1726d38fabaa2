import { breathe } from '../system/breathe.ts'
import { fork } from '../system/process.ts'
import { calculate, expandFields, expandPattern, expandText } from './expand.ts'
import { finishShell } from './finish-shell.ts'
import { matchesPattern } from './pattern.ts'
import { redirect, restoreFiles } from './redirect.ts'
import { subshell, type Shell } from './shell.ts'
import { evaluateTest } from './test-expression.ts'
import type { CompoundCommand, List } from './syntax-tree.ts'
import { setVariable } from './variables.ts'

type Of<K extends CompoundCommand['kind']> = CompoundCommand & { kind: K }

/** Runs a compound command with its redirects. */
export async function runCompound(shell: Shell, command: CompoundCommand): Promise<number> {
  if (command.redirects.length === 0) return runBody(shell, command)
  const saved = await redirect(shell, command.redirects)
  try {
    return await runBody(shell, command)
  } finally {
    restoreFiles(shell, saved)
  }
}

async function runBody(shell: Shell, command: CompoundCommand): Promise<number> {
  switch (command.kind) {
    case 'group':
      return shell.run(shell, command.body)
    case 'subshell':
      return runSubshell(shell, command.body)
    case 'if':
      return runIf(shell, command)
    case 'loop':
      return runLoop(shell, command)
    case 'for':
      return runFor(shell, command)
    case 'count':
      return runCount(shell, command)
    case 'case':
      return runCase(shell, command)
    case 'test':
      return (await evaluateTest(shell, command.words)) ? 0 : 1
    case 'calculate':
      return (await calculate(shell, command.expression)) === '0' ? 1 : 0
  }
}

async function runSubshell(shell: Shell, body: List): Promise<number> {
  const { ended } = fork(shell.process, { argv: [shell.name] }, async (child) => {
    const sub = subshell(shell, child)
    await shell.run(sub, body)
    return finishShell(sub)
  })
  return ended
}

/** Runs a condition, whose failure ends nothing. */
async function holds(shell: Shell, condition: List): Promise<boolean> {
  shell.tested++
  try {
    return (await shell.run(shell, condition)) === 0
  } finally {
    shell.tested--
  }
}

async function runIf(shell: Shell, { condition, body, otherwise }: Of<'if'>): Promise<number> {
  const truth = await holds(shell, condition)
  if (shell.unwind) return shell.status
  if (truth) return shell.run(shell, body)
  return otherwise ? shell.run(shell, otherwise) : 0
}

/** Runs one round of a loop; false when the loop is over. */
async function runRound(shell: Shell, body: List): Promise<boolean> {
  await breathe(shell.process.signal)
  await shell.run(shell, body)
  const { unwind } = shell
  if (!unwind) return true
  if (unwind.to !== 'break' && unwind.to !== 'continue') return false
  if (unwind.levels > 1) {
    shell.unwind = { to: unwind.to, levels: unwind.levels - 1 }
    return false
  }
  shell.unwind = undefined
  return unwind.to === 'continue'
}

async function looping(shell: Shell, rounds: () => Promise<void>): Promise<number> {
  shell.loops++
  try {
    shell.status = 0
    await rounds()
    return shell.status
  } finally {
    shell.loops--
  }
}

async function runLoop(shell: Shell, { until, condition, body }: Of<'loop'>): Promise<number> {
  return looping(shell, async () => {
    let status = 0
    for (;;) {
      await breathe(shell.process.signal)
      if ((await holds(shell, condition)) === until || shell.unwind) break
      const goesOn = await runRound(shell, body)
      ;({ status } = shell)
      if (!goesOn) break
    }
    if (!shell.unwind) shell.status = status
  })
}

async function runFor(shell: Shell, { variable, words, body }: Of<'for'>): Promise<number> {
  const values = words ? await expandFields(shell, words) : [...shell.positional]
  return looping(shell, async () => {
    for (const value of values) {
      setVariable(shell, variable, value)
      if (!(await runRound(shell, body))) break
    }
  })
}

async function runCount(shell: Shell, { start, condition, step, body }: Of<'count'>): Promise<number> {
  await calculate(shell, start)
  return looping(shell, async () => {
    while (condition.length === 0 || (await calculate(shell, condition)) !== '0') {
      if (!(await runRound(shell, body))) break
      await calculate(shell, step)
    }
  })
}

async function runCase(shell: Shell, { subject, branches }: Of<'case'>): Promise<number> {
  const text = await expandText(shell, subject)
  for (const { patterns, body } of branches) {
    for (const pattern of patterns) {
      if (!matchesPattern(await expandPattern(shell, pattern), text)) continue
      shell.status = 0
      return shell.run(shell, body)
    }
  }
  return 0
}
