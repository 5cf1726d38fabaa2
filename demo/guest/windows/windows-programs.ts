import type { Machine } from '../system/machine.ts'
import { print, writeText, type Process } from '../system/process.ts'
import { formatTime } from '../commands/date.ts'
import { memoryUse } from '../system/memory-use.ts'
import { reasonOf } from '../system/errno.ts'
import { SIGNALS } from '../system/signals.ts'
import { sleep } from '../../sleep.ts'

export const VERSION = '10.0.26100.4349'

const grouped = (value: number) =>
  Math.floor(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
const line = (process: Process, text: string) => print(process, `${text}\r\n`)

/** Windows has no name longer than this for a computer. */
export const computerName = (machine: Machine) => machine.hostname.slice(0, 15).toUpperCase()

async function tasklist(process: Process): Promise<number> {
  const tasks = process.machine.tasks.all()
  const rows = tasks.map(
    (task) =>
      `${(task.argv[0] ?? '').slice(0, 25).padEnd(25)} ${String(task.pid).padStart(8)} ${'Services'.padEnd(16)} ${'0'.padStart(11)} ${`${grouped(task.residentBytes / 1024)} K`.padStart(12)}`,
  )
  await line(
    process,
    [
      '',
      'Image Name                     PID Session Name        Session#    Mem Usage',
      '========================= ======== ================ =========== ============',
      ...rows,
    ].join('\r\n'),
  )
  return 0
}

async function systeminfo(process: Process): Promise<number> {
  const { machine } = process
  const boot = machine.clock.now() - machine.uptime()
  const mb = (bytes: number) => `${grouped(bytes / 2 ** 20)} MB`
  const memory = memoryUse(machine)
  const rows: [string, string][] = [
    ['Host Name', computerName(machine)],
    ['OS Name', 'Microsoft Windows 11 Enterprise'],
    ['OS Version', `${VERSION} N/A Build 26100`],
    ['System Boot Time', formatTime('%-m/%-d/%Y, %-I:%M:%S %p', boot)],
    ['System Manufacturer', 'Cloud Hypervisor'],
    ['System Type', 'x64-based PC'],
    ['Processor(s)', `${machine.cpus} Processor(s) Installed.`],
    ['Total Physical Memory', mb(machine.memoryBytes)],
    ['Available Physical Memory', mb(memory.available)],
    ['Network Card(s)', `1 NIC(s) Installed. [01]: Red Hat VirtIO Ethernet Adapter, ${machine.ip()}`],
  ]
  await line(process, ['', ...rows.map(([name, value]) => `${`${name}:`.padEnd(27)}${value}`)].join('\r\n'))
  return 0
}

async function ipconfig(process: Process): Promise<number> {
  const ip = process.machine.ip()
  const address =
    ip === ''
      ? ['   Media State . . . . . . . . . . . : Media disconnected']
      : [
          `   IPv4 Address. . . . . . . . . . . : ${ip}`,
          '   Subnet Mask . . . . . . . . . . . : 255.255.0.0',
          `   Default Gateway . . . . . . . . . : ${ip.replace(/\d+\.\d+$/, '0.1')}`,
        ]
  await line(
    process,
    [
      '',
      'Windows IP Configuration',
      '',
      '',
      'Ethernet adapter Ethernet:',
      '',
      '   Connection-specific DNS Suffix  . :',
      ...address,
    ].join('\r\n'),
  )
  return 0
}

async function taskkill(process: Process, args: string[]): Promise<number> {
  const at = args.findIndex((arg) => /^\/(?:pid|im)$/i.test(arg))
  const wanted = args[at + 1] ?? ''
  const found = process.machine.tasks
    .all()
    .filter((task) =>
      /^\/pid$/i.test(args[at] ?? '')
        ? String(task.pid) === wanted
        : (task.argv[0] ?? '').toLowerCase() === wanted.toLowerCase(),
    )
  if (at < 0 || found.length === 0) {
    await writeText(process, 2, `ERROR: The process "${wanted}" not found.\r\n`)
    return 128
  }
  for (const task of found) {
    try {
      process.machine.tasks.kill(task.pid, SIGNALS.KILL)
      await line(process, `SUCCESS: The process with PID ${task.pid} has been terminated.`)
    } catch (error) {
      await writeText(process, 2, `ERROR: ${reasonOf(error)}\r\n`)
    }
  }
  return 0
}

/** `timeout /t 3` and `ping -n 4 host`, which scripts use to wait. */
async function wait(process: Process, seconds: number): Promise<number> {
  await sleep(process.machine.clock, seconds * 1000, process.signal)
  return 0
}

const after = (args: string[], option: string) =>
  Number(args[args.findIndex((arg) => arg.toLowerCase() === option) + 1] ?? 0) || 0

/** Programs of System32 that a guest has, by name without `.exe`. */
export const WINDOWS_PROGRAMS: Record<string, (process: Process, args: string[]) => Promise<number>> = {
  hostname: (process) => line(process, computerName(process.machine)).then(() => 0),
  whoami: (process) => line(process, 'nt authority\\system').then(() => 0),
  ipconfig,
  systeminfo,
  taskkill,
  tasklist,
  timeout: (process, args) => wait(process, after(args, '/t')),
  ping: (process, args) => wait(process, Math.max(0, after(args, '-n') - 1)),
}
