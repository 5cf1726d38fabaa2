import type { User } from './authentication.ts'

/** Who writes, and whether the write is only tried. */
export interface Writer {
  user: User
  dryRun: boolean
}
