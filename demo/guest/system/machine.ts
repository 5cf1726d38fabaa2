import type { Clock } from '../../clock.ts'
import type { Random } from '../../random.ts'
import type { GuestOs } from '../guest-image.ts'
import type { ConsoleLog } from './console-log.ts'
import type { FileTree } from './file-tree.ts'
import type { ProcessTable } from './process-table.ts'

/** The inside of one VM while somebody looks at it. */
export interface Machine {
  os: GuestOs
  /** Can be changed from the inside; a clone keeps its source's until then (contract 7). */
  hostname: string
  image: string
  vmID: string
  ip: () => string
  cpus: number
  memoryBytes: number
  clock: Clock
  random: Random
  files: FileTree
  tasks: ProcessTable
  log: ConsoleLog
  /** Milliseconds for which this memory has lived: sleep does not count. */
  uptime(): number
}
