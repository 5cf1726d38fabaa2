import type { User } from './authentication.ts'

/** Who writes, and whether the write is only tried. */
export interface Writer {
  user: User
  dryRun: boolean
  /** Takes warnings to the client; nobody hears those of the server's own controllers. */
  warn?: (text: string) => void
}
