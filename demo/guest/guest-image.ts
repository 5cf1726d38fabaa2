import type { Directory } from './system/file-node.ts'
import type { LogImage } from './system/console-log.ts'
import type { TableImage } from './system/process-table.ts'

/** The four systems that a VM can run (contract 1.5). */
export type GuestOs = 'linux' | 'windows' | 'android' | 'macos'

/** What a guest is and what its memory holds, frozen; only `restoreGuest` can make something of it. */
export interface GuestImage {
  os: GuestOs
  hostname: string
  image: string
  cpus: number
  memoryBytes: number
  /** Milliseconds that this memory had lived when it was taken. */
  uptime: number
  /** Nothing when nobody had looked inside: such a guest is as its image made it, and only has an age. */
  memory: { files: Directory; diskUsed: number; tasks: TableImage; log: LogImage } | undefined
  /** When this memory went on from a snapshot, in milliseconds of its life. */
  resumed: readonly number[]
  /** What an untouched guest's log is made of. */
  seed: number
}
