import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Acting, Target } from '../kube/act/deed.ts'
import type { Doer } from '../kube/trail/trail.ts'
import type { Consoles } from './consoles.ts'
import type { Admission } from './tickets.ts'

/** A request that was let in: its ticket was good. Nothing has been answered yet. */
export interface Entrance {
  request: IncomingMessage
  socket: Duplex
  head: Buffer
  admission: Admission
  acting: Acting
  /** Who it is, for the audit trail. */
  doer: Doer
}

/** How one kind of console is opened. */
export interface ConsoleOpener {
  /**
   * Whether it can be opened now, asked of the API server.
   * @throws Refused saying why not
   */
  find(consoles: Consoles, acting: Acting, place: Omit<Target, 'resource'>): Promise<Admission['endpoint']>
  /** Answers the upgrade and runs the console to its end; never throws. */
  open(consoles: Consoles, entrance: Entrance): void
}
