import { complain, nameOf, print, type Process } from '../system/process.ts'
import type { Machine } from '../system/machine.ts'
import { memoryUse } from '../system/memory-use.ts'
import { loadAverages } from '../system/proc-files.ts'
import type { Task } from '../system/process-table.ts'
import { reasonOf } from '../system/errno.ts'
import { signalNumber, SIGNALS } from '../system/signals.ts'
import { withOptions } from './options.ts'

const baseOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const commandOf = (task: Task) => (task.kernel ? `[${task.argv.join(' ')}]` : task.argv.join(' '))
const shortOf = (task: Task) => (task.kernel ? (task.argv[0] ?? '') : baseOf(task.argv[0] ?? '')).slice(0, 15)

const two = (value: number) => String(Math.floor(value)).padStart(2, '0')

/** `0:03`, minutes and seconds of CPU time. */
const minutes = (ms: number) => `${Math.floor(ms / 60_000)}:${two((ms / 1000) % 60)}`
/** `00:00:03`. */
const clockTime = (ms: number) => `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`

function elapsed(ms: number): string {
  const days = Math.floor(ms / 86_400_000)
  const hours = (ms / 3_600_000) % 24
  const rest = `${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`
  if (days > 0) return `${days}-${two(hours)}:${rest}`
  return hours >= 1 ? `${two(hours)}:${rest}` : rest
}

const bootedAt = (machine: Machine) => machine.clock.now() - machine.uptime()

/** `09:30` today, else the day it was started. */
function startOf(machine: Machine, task: Task): string {
  const date = new Date(bootedAt(machine) + task.startedAt)
  const today = new Date(machine.clock.now()).toISOString().slice(0, 10)
  if (date.toISOString().startsWith(today)) return date.toISOString().slice(11, 16)
  return date.toUTCString().slice(8, 11) + date.toISOString().slice(8, 10)
}

const percentCPU = (machine: Machine, task: Task) => {
  const life = machine.uptime() - task.startedAt
  return life < 1000 ? 0 : (machine.tasks.cpuTime(task) / life) * 100
}
const percentMemory = (machine: Machine, task: Task) => (task.residentBytes / memoryUse(machine).total) * 100

const COLUMNS: Record<
  string,
  { title: string; left?: boolean; of: (machine: Machine, task: Task, self: number) => string }
> = {
  pid: { title: 'PID', of: (_, task) => String(task.pid) },
  ppid: { title: 'PPID', of: (_, task) => String(task.ppid) },
  user: {
    title: 'USER',
    left: true,
    of: (_, task) => (task.user.length > 8 ? `${task.user.slice(0, 7)}+` : task.user),
  },
  uid: {
    title: 'UID',
    left: true,
    of: (_, task) => (task.user.length > 8 ? `${task.user.slice(0, 7)}+` : task.user),
  },
  '%cpu': { title: '%CPU', of: (machine, task) => percentCPU(machine, task).toFixed(1) },
  '%mem': { title: '%MEM', of: (machine, task) => percentMemory(machine, task).toFixed(1) },
  vsz: { title: 'VSZ', of: (_, task) => String(Math.floor(task.virtualBytes / 1024)) },
  rss: { title: 'RSS', of: (_, task) => String(Math.floor(task.residentBytes / 1024)) },
  tty: { title: 'TTY', left: true, of: () => '?' },
  stat: {
    title: 'STAT',
    left: true,
    of: (_, task, self) => (task.pid === self ? 'R' : task.pid === 1 ? 'Ss' : task.kernel ? 'I' : 'S'),
  },
  start: { title: 'START', of: startOf },
  stime: { title: 'STIME', of: startOf },
  c: { title: 'C', of: (machine, task) => String(Math.floor(percentCPU(machine, task))) },
  bsdtime: { title: 'TIME', of: (machine, task) => minutes(machine.tasks.cpuTime(task)) },
  time: { title: 'TIME', of: (machine, task) => clockTime(machine.tasks.cpuTime(task)) },
  etime: { title: 'ELAPSED', of: (machine, task) => elapsed(machine.uptime() - task.startedAt) },
  comm: { title: 'CMD', left: true, of: (_, task) => shortOf(task) },
  args: { title: 'CMD', left: true, of: (_, task) => commandOf(task) },
  command: { title: 'COMMAND', left: true, of: (_, task) => commandOf(task) },
}

const ALIASES: Record<string, string> = {
  pcpu: '%cpu',
  pmem: '%mem',
  cmd: 'args',
  state: 'stat',
  s: 'stat',
  ucmd: 'comm',
  euser: 'user',
  tname: 'tty',
  rssize: 'rss',
}

const AUX = ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tty', 'stat', 'start', 'bsdtime', 'command']
const FULL = ['uid', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'args']
const SHORT = ['pid', 'tty', 'time', 'comm']

export async function ps(process: Process, args: string[]): Promise<number> {
  const { machine } = process
  const flags = args.filter((arg) => !/^\d+$/.test(arg)).join('')
  const formatAt = args.findIndex((arg) => /^-?[a-zA-Z]*o$/.test(arg) || arg.startsWith('-o'))
  const format =
    formatAt < 0
      ? undefined
      : args[formatAt]?.startsWith('-o') && args[formatAt] !== '-o'
        ? args[formatAt]?.slice(2)
        : args[formatAt + 1]
  const pidAt = args.findIndex((arg) => arg === '-p' || arg === '--pid' || arg === 'p')
  const wanted = pidAt < 0 ? undefined : new Set((args[pidAt + 1] ?? '').split(',').map(Number))
  const bsd = args.some((arg) => /^[auxwfe]+$/.test(arg))
  const everyone = bsd || /-[a-zA-Z]*[eA]/.test(flags)
  const names = (format ?? (bsd ? AUX : /-[a-zA-Z]*f/.test(flags) ? FULL : SHORT).join(','))
    .split(',')
    .map((each) => each.trim())
  const columns: (typeof COLUMNS)[string][] = []
  for (const name of names) {
    const [key = '', title] = name.split('=')
    const column = COLUMNS[ALIASES[key] ?? key]
    if (!column)
      return complain(
        process,
        `error: unknown user-defined format specifier "${key}"\n\nUsage:\n ps [options]`,
      )
    columns.push(title === undefined ? column : { ...column, title })
  }
  const tasks = machine.tasks
    .all()
    .filter((task) => (wanted ? wanted.has(task.pid) : everyone || task.deliver !== undefined))
  const rows = [
    columns.map(({ title }) => title),
    ...tasks.map((task) => columns.map((column) => column.of(machine, task, process.pid))),
  ]
  const shown = rows[0]?.every((title) => title === '') ? rows.slice(1) : rows
  const widths = columns.map((_, i) => Math.max(...shown.map((row) => row[i]?.length ?? 0)))
  await print(
    process,
    shown
      .map(
        (row) =>
          `${row.map((cell, i) => (i === row.length - 1 && columns[i]?.left ? cell : columns[i]?.left ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' ')}\n`,
      )
      .join(''),
  )
  return tasks.length === 0 ? 1 : 0
}

/** `up 3 days,  2:04,  0 users,  load average: ...`, behind the time. */
function uptimeText(machine: Machine): string {
  const ms = machine.uptime()
  const days = Math.floor(ms / 86_400_000)
  const hours = Math.floor(ms / 3_600_000) % 24
  const rest =
    hours > 0
      ? `${String(hours).padStart(2)}:${two((ms / 60_000) % 60)}`
      : `${Math.floor(ms / 60_000) % 60} min`
  const up = `${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${rest}`
  return ` ${new Date(machine.clock.now()).toISOString().slice(11, 19)} up ${up},  0 users,  load average: ${loadAverages(
    machine,
  )
    .map((load) => load.toFixed(2))
    .join(', ')}`
}

export const uptime = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'ps' }, async ({ flags }) => {
    const { machine } = process
    const ms = machine.uptime()
    const parts: [number, string][] = [
      [Math.floor(ms / 86_400_000), 'day'],
      [Math.floor(ms / 3_600_000) % 24, 'hour'],
      [Math.floor(ms / 60_000) % 60, 'minute'],
    ]
    const pretty = parts
      .filter(([count, unit]) => count > 0 || unit === 'minute')
      .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    const since = new Date(bootedAt(machine)).toISOString().slice(0, 19).replace('T', ' ')
    await print(
      process,
      `${flags.has('s') ? since : flags.has('p') ? `up ${pretty.join(', ')}` : uptimeText(machine)}\n`,
    )
    return 0
  })

/** Only in batch mode: there is no terminal (contract 6.7). */
export async function top(process: Process, args: string[]): Promise<number> {
  if (!args.join(' ').includes('b')) return complain(process, 'top: failed tty get')
  const { machine } = process
  const tasks = machine.tasks.all()
  const memory = memoryUse(machine)
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1).padStart(8)
  const busy = tasks.reduce((sum, task) => sum + task.cpuShare, 0) / machine.cpus
  const rows = [...tasks]
    .sort((a, b) => b.cpuShare - a.cpuShare)
    .map((task) => {
      const cpu = machine.tasks.cpuTime(task)
      const kib = (bytes: number) => String(Math.floor(bytes / 1024))
      const time = `${Math.floor(cpu / 60_000)}:${two((cpu / 1000) % 60)}.${two((cpu / 10) % 100)}`
      return `${String(task.pid).padStart(7)} ${(task.user.length > 8 ? `${task.user.slice(0, 7)}+` : task.user).padEnd(8)}  20   0 ${kib(task.virtualBytes).padStart(7)} ${kib(task.residentBytes).padStart(6)} ${kib(task.residentBytes * 0.6).padStart(6)} ${task.pid === process.pid ? 'R' : 'S'} ${(task.cpuShare * 100).toFixed(1).padStart(5)} ${percentMemory(machine, task).toFixed(1).padStart(5)} ${time.padStart(9)} ${shortOf(task)}`
    })
  const header = [
    `top -${uptimeText(machine)}`,
    `Tasks: ${String(tasks.length).padStart(3)} total,   1 running, ${String(tasks.length - 1).padStart(3)} sleeping,   0 stopped,   0 zombie`,
    `%Cpu(s): ${(busy * 80).toFixed(1).padStart(4)} us, ${(busy * 20).toFixed(1).padStart(4)} sy,  0.0 ni, ${(100 - busy * 100).toFixed(1)} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st`,
    `MiB Mem : ${mib(memory.total)} total, ${mib(memory.free)} free, ${mib(memory.used)} used, ${mib(memory.cached + memory.buffers)} buff/cache`,
    `MiB Swap: ${mib(0)} total, ${mib(0)} free, ${mib(0)} used. ${mib(memory.available)} avail Mem`,
    '',
    '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND',
  ]
  await print(process, `${[...header, ...rows].join('\n')}\n`)
  return 0
}

function matching(process: Process, pattern: string, { flags }: { flags: Set<string> }): Task[] {
  const regex = new RegExp(flags.has('x') ? `^(?:${pattern})$` : pattern)
  return process.machine.tasks
    .all()
    .filter(
      (task) => task.pid !== process.pid && regex.test(flags.has('f') ? task.argv.join(' ') : shortOf(task)),
    )
}

export const pgrep = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'flaxcu:', usage: 2 }, async (options) => {
    const found = matching(process, options.operands[0] ?? '', options)
    const shown = (task: Task) =>
      options.flags.has('a')
        ? `${task.pid} ${commandOf(task)}`
        : options.flags.has('l')
          ? `${task.pid} ${shortOf(task)}`
          : String(task.pid)
    await print(
      process,
      options.flags.has('c') ? `${found.length}\n` : found.map((task) => `${shown(task)}\n`).join(''),
    )
    return found.length > 0 ? 0 : 1
  })

/** `pkill` and `killall`. */
export async function pkill(process: Process, args: string[]): Promise<number> {
  const words = [...args]
  const signal =
    words[0] !== undefined && /^-(?:\d+|SIG[A-Z]+|[A-Z]{3,})$/.test(words[0])
      ? signalNumber((words.shift() ?? '').slice(1))
      : SIGNALS.TERM
  if (signal === undefined) return complain(process, `${nameOf(process)}: invalid signal`)
  return withOptions(process, words, { letters: 'fxqu:', usage: 2 }, async (options) => {
    const exact = nameOf(process) === 'killall'
    if (exact) options.flags.add('x')
    const found = matching(process, options.operands[0] ?? '', options)
    let status = found.length > 0 ? 0 : 1
    if (exact && status !== 0) await complain(process, `${options.operands[0] ?? ''}: no process found`)
    for (const task of found) {
      try {
        process.machine.tasks.kill(task.pid, signal)
      } catch (error) {
        status = await complain(
          process,
          `${nameOf(process)}: killing pid ${task.pid} failed: ${reasonOf(error)}`,
        )
      }
    }
    return status
  })
}

export async function pidof(process: Process, names: string[]): Promise<number> {
  const found = process.machine.tasks.all().filter((task) => names.includes(shortOf(task)))
  if (found.length > 0)
    await print(
      process,
      `${found
        .map((task) => task.pid)
        .reverse()
        .join(' ')}\n`,
    )
  return found.length > 0 ? 0 : 1
}
