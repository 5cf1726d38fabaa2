/** What can be opened of a VM: its screen, or a shell in it. */
export const CONSOLE_KINDS = ['vnc', 'exec'] as const

export type ConsoleKind = (typeof CONSOLE_KINDS)[number]

/** `POST /api/vms/{namespace}/{name}/console`: open `new WebSocket(path, protocols)` before it expires, once. */
export interface ConsoleAnswer {
  path: string
  /** `binary`, which the server chooses, and the ticket, which it never tells again. */
  protocols: string[]
  /** ISO 8601. */
  expiresAt: string
  /** By which this console is known among the viewers of the VM; to be told to nobody else. */
  viewer: string
}
