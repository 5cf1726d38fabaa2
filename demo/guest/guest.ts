import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { GuestImage, GuestOs } from './guest-image.ts'

/** The pipes of one exec: there is no terminal, so nothing echoes (contract 6.7). */
export interface GuestStreams {
  stdin: AsyncIterable<Uint8Array>
  /** Resolves when the reader took the chunk: programs wait for it, so a slow reader slows the guest. */
  stdout: (chunk: Uint8Array) => Promise<void>
  stderr: (chunk: Uint8Array) => Promise<void>
  /** The client is gone: everything that this exec started gets SIGHUP. */
  signal: AbortSignal
}

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
}

/** What a VM is made of, and where it finds time and chance. */
export interface BootOptions {
  hostname: string
  os: GuestOs
  image: string
  vmID: string
  ip: string
  cpus: number
  memoryBytes: number
  clock: Clock
  random: Random
  /** When the machine was started, epoch milliseconds; now unless told. */
  bootedAt?: number
}

export type RestoreOptions = Pick<BootOptions, 'vmID' | 'ip' | 'clock' | 'random'>

/** A guest that has just started from its image. */
export function bootGuest(options: BootOptions): Guest {
  const { os, hostname, image, cpus, memoryBytes } = options
  return {
    async run(argv, streams) {
      const message = `exec: "${argv[0] ?? ''}": executable file not found in $PATH\n`
      await streams.stderr(new TextEncoder().encode(message))
      return 127
    },
    log: () => [],
    capture: () => ({ os, hostname, image, cpus, memoryBytes }),
  }
}

/** A guest that goes on where the image was taken, with another VM id and address. */
export function restoreGuest(image: GuestImage, options: RestoreOptions): Guest {
  return bootGuest({ ...image, ...options })
}
