import type { Clock } from '../../clock.ts'
import type { Random } from '../../random.ts'
import type { GuestImage } from '../guest-image.ts'
import { PROGRAMS } from '../commands/programs.ts'
import { baseFiles, distributionOf, prettyName } from './base-files.ts'
import { bootEntries, chatter } from './boot-log.ts'
import { bootTasks } from './boot-tasks.ts'
import { consoleLog } from './console-log.ts'
import { regularFile } from './file-node.ts'
import { fileTree } from './file-tree.ts'
import type { Machine } from './machine.ts'
import { KERNEL, procEntries } from './proc-files.ts'
import { processTable } from './process-table.ts'
import { SIGNALS } from './signals.ts'

export interface MachineOptions {
  vmID: string
  ip: () => string
  clock: Clock
  random: Random
  uptime: () => number
}

/** Makes the inside of a VM from what its memory held, or as its image boots. */
export function buildMachine(image: GuestImage, options: MachineOptions): Machine {
  const { os, hostname, cpus, memoryBytes } = image
  const { uptime, clock } = options
  const distribution = distributionOf(image.image)
  const boot = () =>
    bootEntries({ os, hostname, cpus, memoryBytes, kernel: KERNEL, system: prettyName(distribution) })
  const log = consoleLog({
    ...(image.memory?.log ?? { boot: boot(), happened: [], seed: image.seed }),
    uptime,
    chatter: (n, draw) => chatter(os, n, draw),
    resumed: image.resumed,
  })
  const tasks = processTable({
    ...(image.memory?.tasks ?? bootTasks(os)),
    uptime,
    restarted(before, after, signal) {
      const name = Object.entries(SIGNALS).find(([, number]) => number === signal)?.[0] ?? String(signal)
      const unit = before.unit ?? ''
      const status = `${signal}/${name}`
      log.add('systemd[1]', `${unit}: Main process exited, code=killed, status=${status}`)
      if (signal !== SIGNALS.TERM) log.add('systemd[1]', `${unit}: Failed with result 'signal'.`)
      log.add('systemd[1]', `${unit}: Scheduled restart job, restart counter is at 1.`)
      log.add('systemd[1]', `Started ${unit} (pid ${after.pid}).`)
    },
  })
  const files = fileTree({
    root: image.memory?.files ?? baseFiles(os, image.image, [...PROGRAMS.keys()]),
    used: image.memory?.diskUsed ?? 0,
    now: () => clock.now(),
    mounts: { proc: () => procEntries(machine) },
  })
  const machine: Machine = {
    ...options,
    os,
    hostname,
    image: image.image,
    cpus,
    memoryBytes,
    files,
    tasks,
    log,
  }
  if (!image.memory && os === 'linux') personalise(machine)
  return machine
}

/** What the first boot of a Linux image writes. */
function personalise({ files, hostname, random }: Machine): void {
  files.put('/etc/hostname', regularFile(`${hostname}\n`))
  files.put('/etc/machine-id', regularFile(`${random.fork('machine-id').hex(32)}\n`))
  files.put(
    '/etc/hosts',
    regularFile(`127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n::1\tlocalhost ip6-localhost\n`),
  )
}
