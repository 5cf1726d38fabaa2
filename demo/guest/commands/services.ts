import { consoleLine, type LogEntry } from '../system/console-log.ts'
import type { Machine } from '../system/machine.ts'
import { complain, print, type Process } from '../system/process.ts'
import { SIGNALS } from '../system/signals.ts'
import { sleep } from '../../sleep.ts'
import { formatTime } from './date.ts'
import { withOptions } from './options.ts'

export const dmesg = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'THwkcxn:', long: { ctime: 'T', human: 'H' } }, async ({ flags }) => {
    const { machine } = process
    const boot = machine.clock.now() - machine.uptime()
    const lines = machine.log.entries().filter(({ unit }) => unit === 'kernel')
    await print(
      process,
      lines
        .map(
          (entry) =>
            `${flags.has('T') ? `[${formatTime('%a %b %e %T %Y', boot + entry.at)}] ${entry.text}` : consoleLine(entry)}\n`,
        )
        .join(''),
    )
    return 0
  })

/** An entry as the journal shows it. */
function journalLine(machine: Machine, { at, unit, text }: LogEntry): string {
  const boot = machine.clock.now() - machine.uptime()
  return `${formatTime('%b %d %T', boot + at)} ${machine.hostname} ${unit}: ${text}`
}

const ofUnit = (unit: string) => {
  const name = unit.replace(/\.service$/, '')
  return (entry: LogEntry) =>
    entry.unit.replace(/\[\d+\]$/, '') === name || entry.text.includes(`${name}.service`)
}

const LONG = {
  unit: 'u',
  lines: 'n',
  follow: 'f',
  'no-pager': 'P',
  boot: 'b',
  reverse: 'r',
  dmesg: 'k',
  since: 'S',
  until: 'U',
  output: 'o',
  priority: 'p',
  quiet: 'q',
  identifier: 't',
}

export const journalctl = (process: Process, args: string[]) =>
  withOptions(
    process,
    args.map((arg) => (arg === '-n' && args.at(-1) === '-n' ? '-n10' : arg === '-b' ? '-B' : arg)),
    { letters: 'u:n:fPbBrkxeaqS:U:o:p:t:', long: LONG },
    async ({ flags, values }) => {
      const { machine } = process
      const unit = values.get('u') ?? values.get('t')
      const wanted = (entry: LogEntry) =>
        (unit === undefined || ofUnit(unit)(entry)) && (!flags.has('k') || entry.unit === 'kernel')
      const shown = (entries: LogEntry[]) =>
        entries
          .map((entry) => `${values.get('o') === 'cat' ? entry.text : journalLine(machine, entry)}\n`)
          .join('')
      const all = machine.log.entries().filter(wanted)
      const count = values.get('n') ?? (flags.has('f') ? '10' : 'all')
      const last = count === 'all' ? all : all.slice(Math.max(0, all.length - Number(count)))
      if (flags.has('r')) last.reverse()
      await print(process, last.length === 0 ? '-- No entries --\n' : shown(last))
      let seen = all.at(-1)?.at ?? 0
      while (flags.has('f')) {
        await sleep(machine.clock, 1_000, process.signal)
        const fresh = machine.log.entries().filter((entry) => wanted(entry) && entry.at > seen)
        seen = fresh.at(-1)?.at ?? seen
        await print(process, shown(fresh))
      }
      return 0
    },
  )

const fullName = (unit: string) => (unit.includes('.') ? unit : `${unit}.service`)

/** systemctl, as far as it can be told from the process table. */
export const systemctl = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    {
      letters: 'ln:qPat:',
      long: { 'no-pager': 'P', lines: 'n', quiet: 'q', full: 'l', all: 'a', type: 't', state: 't', now: 'q' },
    },
    async ({ flags, operands: [verb = 'list-units', ...units] }) => {
      const { machine } = process
      const taskOf = (unit: string) => machine.tasks.all().find((task) => task.unit === fullName(unit))
      if (verb === 'daemon-reload') return 0
      if (verb === 'is-system-running') {
        await print(process, 'running\n')
        return 0
      }
      if (verb === 'list-units' || verb === 'list-unit-files') {
        const names = machine.tasks.all().flatMap((task) => task.unit ?? [])
        await print(
          process,
          `  UNIT${' '.repeat(26)} LOAD   ACTIVE SUB     DESCRIPTION\n${names.map((name) => `  ${name.padEnd(30)} loaded active running ${name.replace(/\.service$/, '')}\n`).join('')}\n${names.length} loaded units listed.\n`,
        )
        return 0
      }
      if (units.length === 0) return complain(process, 'Too few arguments.')
      let status = 0
      for (const unit of units) {
        const task = taskOf(unit)
        if (verb === 'is-active' || verb === 'is-enabled') {
          const text = verb === 'is-active' ? (task ? 'active' : 'inactive') : task ? 'enabled' : 'not-found'
          if (!flags.has('q')) await print(process, `${text}\n`)
          status = task ? status : verb === 'is-active' ? 3 : 1
        } else if (!task) {
          status = await complain(
            process,
            verb === 'status'
              ? `Unit ${fullName(unit)} could not be found.`
              : `Failed to ${verb} ${fullName(unit)}: Unit ${fullName(unit)} not found.`,
            verb === 'status' ? 4 : 5,
          )
        } else if (verb === 'restart' || verb === 'try-restart') machine.tasks.kill(task.pid, SIGNALS.TERM)
        else if (verb === 'status') await print(process, statusText(machine, fullName(unit), task.pid))
        else if (!['start', 'enable', 'reload'].includes(verb))
          status = await complain(
            process,
            `Failed to ${verb} ${fullName(unit)}: Operation refused in this guest`,
          )
      }
      return status
    },
  )

function statusText(machine: Machine, unit: string, pid: number): string {
  const task = machine.tasks.find(pid)
  if (!task) return ''
  const since = machine.clock.now() - machine.uptime() + task.startedAt
  const age = Math.floor((machine.uptime() - task.startedAt) / 1000)
  const ago =
    age > 86_400
      ? `${Math.floor(age / 86_400)} days`
      : age > 3_600
        ? `${Math.floor(age / 3_600)}h ${Math.floor(age / 60) % 60}min`
        : age > 60
          ? `${Math.floor(age / 60)}min ${age % 60}s`
          : `${age}s`
  const name = unit.replace(/\.service$/, '')
  const recent = machine.log.entries().filter(ofUnit(unit)).slice(-5)
  return [
    `● ${unit} - ${name === 'cocoon-agent' ? 'Cocoon guest agent' : name === 'agent' ? 'Workload' : name}`,
    `     Loaded: loaded (/etc/systemd/system/${unit}; enabled; preset: enabled)`,
    `     Active: active (running) since ${formatTime('%a %F %T UTC', since)}; ${ago} ago`,
    `   Main PID: ${pid} (${name.slice(0, 15)})`,
    `     Memory: ${(task.residentBytes / 2 ** 20).toFixed(1)}M`,
    `        CPU: ${(machine.tasks.cpuTime(task) / 1000).toFixed(3)}s`,
    `     CGroup: /system.slice/${unit}`,
    `             └─${pid} ${task.argv.join(' ')}`,
    '',
    ...recent.map((entry) => journalLine(machine, entry)),
    '',
  ].join('\n')
}
