import { directory, generatedFile, symbolicLink, type Directory, type FileNode } from './file-node.ts'
import type { Machine } from './machine.ts'
import { memoryUse } from './memory-use.ts'
import type { Task } from './process-table.ts'

export const KERNEL = '6.8.0-71-generic'
const KERNEL_BUILD = '#71-Ubuntu SMP PREEMPT_DYNAMIC Tue Jul 22 16:52:38 UTC 2026'

/** The line of `uname -v`. */
export const kernelVersion = KERNEL_BUILD

/** Load averages over 1, 5 and 15 minutes; they follow the workload's share and move a little with time. */
export function loadAverages(machine: Machine): [number, number, number] {
  const minutes = machine.uptime() / 60_000
  const running = machine.tasks.all().filter((task) => task.deliver).length
  const base = machine.tasks.all().reduce((sum, task) => sum + task.cpuShare, 0)
  const wave = (period: number) => 0.06 * (1 + Math.sin(minutes / period))
  return [base + wave(1) + running * 0.01, base + wave(5), base + wave(15)]
}

const kib = (bytes: number) => `${String(Math.round(bytes / 1024)).padStart(8)} kB`

function memoryInfo(machine: Machine): string {
  const { total, free, available, cached, buffers } = memoryUse(machine)
  const rows: [string, number][] = [
    ['MemTotal', total],
    ['MemFree', free],
    ['MemAvailable', available],
    ['Buffers', buffers],
    ['Cached', cached],
    ['SwapCached', 0],
    ['SwapTotal', 0],
    ['SwapFree', 0],
  ]
  return rows.map(([name, bytes]) => `${`${name}:`.padEnd(16)}${kib(bytes)}\n`).join('')
}

function cpuInfo(machine: Machine): string {
  return Array.from({ length: machine.cpus }, (_, n) =>
    [
      `processor\t: ${n}`,
      'vendor_id\t: AuthenticAMD',
      'cpu family\t: 25',
      'model\t\t: 17',
      'model name\t: AMD EPYC 9354P 32-Core Processor',
      'cpu MHz\t\t: 3249.998',
      'cache size\t: 1024 KB',
      `cpu cores\t: ${machine.cpus}`,
      'flags\t\t: fpu vme de pse tsc msr pae mce cx8 apic sep hypervisor avx2',
      'bogomips\t: 6499.99',
      '',
      '',
    ].join('\n'),
  ).join('')
}

const nameOfTask = (task: Task) => (task.argv[0] ?? '').replace(/^.*\//, '').slice(0, 15)

function taskDirectory(machine: Machine, task: Task): Directory {
  const status = () =>
    [
      `Name:\t${nameOfTask(task)}`,
      'State:\tS (sleeping)',
      `Pid:\t${task.pid}`,
      `PPid:\t${task.ppid}`,
      `VmSize:\t${kib(task.virtualBytes)}`,
      `VmRSS:\t${kib(task.residentBytes)}`,
      'Threads:\t1',
      '',
    ].join('\n')
  const ticks = () => Math.floor(machine.tasks.cpuTime(task) / 10)
  const stat = () =>
    `${task.pid} (${nameOfTask(task)}) S ${task.ppid} ${task.pid} ${task.pid} 0 -1 4194304 0 0 0 0 ${ticks()} 0 0 0 20 0 1 0 ${Math.floor(task.startedAt / 10)} ${task.virtualBytes} ${Math.floor(task.residentBytes / 4096)}\n`
  return directory(
    {
      cmdline: generatedFile(() => (task.kernel ? '' : task.argv.map((word) => `${word}\0`).join(''))),
      comm: generatedFile(() => `${nameOfTask(task)}\n`),
      cwd: symbolicLink('/'),
      stat: generatedFile(stat),
      status: generatedFile(status),
    },
    0o555,
  )
}

/** What /proc shows. */
export function procEntries(machine: Machine): Map<string, FileNode> {
  const seconds = () => machine.uptime() / 1000
  const idle = () =>
    seconds() * machine.cpus -
    machine.tasks.all().reduce((sum, task) => sum + machine.tasks.cpuTime(task) / 1000, 0)
  const load = () => loadAverages(machine).map((value) => value.toFixed(2))
  const entries: Record<string, FileNode> = {
    cpuinfo: generatedFile(() => cpuInfo(machine)),
    loadavg: generatedFile(
      () => `${load().join(' ')} 1/${machine.tasks.all().length} ${machine.tasks.all().at(-1)?.pid ?? 1}\n`,
    ),
    meminfo: generatedFile(() => memoryInfo(machine)),
    mounts: generatedFile(() => MOUNTS.map((row) => `${row.join(' ')} 0 0\n`).join('')),
    uptime: generatedFile(() => `${seconds().toFixed(2)} ${Math.max(0, idle()).toFixed(2)}\n`),
    version: generatedFile(
      () => `Linux version ${KERNEL} (build@cocoon) (gcc 13.3.0, GNU ld 2.42) ${KERNEL_BUILD}\n`,
    ),
    sys: directory({
      kernel: directory({
        hostname: generatedFile(() => `${machine.hostname}\n`, 0o644),
        osrelease: generatedFile(() => `${KERNEL}\n`),
        random: directory({ boot_id: generatedFile(() => `${machine.vmID}\n`) }),
      }),
    }),
  }
  const tasks = machine.tasks.all()
  for (const task of tasks) entries[String(task.pid)] = taskDirectory(machine, task)
  // Nothing tells the kernel who asks; the newest process of an exec is the one that does.
  const reader = tasks.findLast((task) => task.deliver)
  if (reader) entries['self'] = symbolicLink(String(reader.pid))
  return new Map(Object.entries(entries))
}

/** Device, mount point, type and options, as /proc/mounts lists them. */
export const MOUNTS: readonly [string, string, string, string][] = [
  ['/dev/vda1', '/', 'ext4', 'rw,relatime'],
  ['proc', '/proc', 'proc', 'rw,nosuid,nodev,noexec,relatime'],
  ['sysfs', '/sys', 'sysfs', 'rw,nosuid,nodev,noexec,relatime'],
  ['udev', '/dev', 'devtmpfs', 'rw,nosuid,relatime'],
  ['tmpfs', '/run', 'tmpfs', 'rw,nosuid,nodev,noexec,relatime'],
]
