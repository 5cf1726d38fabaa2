import type { User } from './authentication.ts'

/** Who writes, and whether the write is only tried. */
export interface Writer {
  user: User
  dryRun: boolean
  /** The name that its program gives itself, where the request names no field manager. */
  agent?: string
  /** Takes warnings to the client; nobody hears those of the server's own controllers. */
  warn?: (text: string) => void
}
