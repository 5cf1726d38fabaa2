import type { GuestImage } from './guest-image.ts'
import type { GuestStreams } from './guest-streams.ts'
import { runExec } from './run-exec.ts'
import { buildMachine } from './system/build-machine.ts'
import { consoleLine } from './system/console-log.ts'
import { SIGNALS } from './system/signals.ts'
import type { Machine } from './system/machine.ts'

export type { GuestImage } from './guest-image.ts'
export type { GuestStreams } from './guest-streams.ts'

/** The inside of one VM, in memory: files, processes, a console log and a shell. It costs nothing until used. */
export interface Guest {
  /**
   * Runs argv as cocoon-agent does: no PTY, no echo, no prompt (contract 6.7). Answers the exit code; 127 or 126, with
   * the reason on stderr, for what cannot be started.
   */
  run(argv: readonly string[], streams: GuestStreams): Promise<number>
  /** The lines of the hypervisor's console, oldest first, each without newline. */
  log(): string[]
  /** Files, processes and log as they are now, for a clone, a fork or a snapshot; later changes of either do not show in the other. */
  capture(): GuestImage
  /** The VM is gone: what runs in it ends at once. */
  halt(): void
}

type MadeOf = 'hostname' | 'os' | 'image' | 'vmID' | 'ip' | 'cpus' | 'memoryBytes' | 'clock' | 'random'

/** What a VM is made of, and where it finds time and chance; its address is looked up when somebody asks: leases change. */
export interface BootOptions extends Pick<Machine, MadeOf> {
  /** When the machine was started, epoch milliseconds; now unless told. */
  bootedAt?: number | undefined
}

export type RestoreOptions = Pick<BootOptions, 'vmID' | 'ip' | 'clock' | 'random'>

/** How long a system starts, in milliseconds, before its agent lets anybody in. */
const START = 900

/** A guest that has just started from its image. */
export function bootGuest(options: BootOptions): Guest {
  const { hostname, os, image, cpus, memoryBytes, clock, random } = options
  const uptime = options.bootedAt === undefined ? START : clock.now() - options.bootedAt
  const seed = random.fork('log').int(0, 2 ** 31)
  return guestOf(
    { hostname, os, image, cpus, memoryBytes, uptime, memory: undefined, resumed: [], seed },
    options,
  )
}

/** A guest that goes on where the image was taken, with another VM id and address. */
export function restoreGuest(image: GuestImage, options: RestoreOptions): Guest {
  return guestOf({ ...image, resumed: [...image.resumed, image.uptime] }, options)
}

function guestOf(image: GuestImage, { vmID, ip, clock, random }: RestoreOptions): Guest {
  const startedAt = clock.now() - image.uptime
  const uptime = () => Math.max(0, clock.now() - startedAt)
  let built: Machine | undefined
  const machine = () => (built ??= buildMachine(image, { vmID, ip, clock, random, uptime }))
  return {
    run: (argv, streams) => runExec(machine(), argv, streams),
    log: () => machine().log.entries().map(consoleLine),
    halt() {
      for (const task of built?.tasks.all() ?? []) task.deliver?.(SIGNALS.KILL)
    },
    capture() {
      if (!built) return { ...image, uptime: uptime() }
      const { files, tasks, log, hostname } = built
      const memory = {
        files: files.capture(),
        diskUsed: files.used(),
        tasks: tasks.capture(),
        log: log.capture(),
      }
      return { ...image, hostname, uptime: uptime(), memory }
    },
  }
}
