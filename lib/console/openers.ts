import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ConsoleKind } from '../fleet/console/answer.ts'
import type { Acting, Target } from '../kube/act/deed.ts'
import { Refused } from '../kube/problem.ts'
import type { Consoles } from './consoles.ts'
import { openVnc } from './open-vnc.ts'
import { findScreen } from './target/find-screen.ts'
import type { Admission } from './tickets.ts'

/** A request that was let in: its ticket was good. Nothing has been answered yet. */
export interface Entrance {
  request: IncomingMessage
  socket: Duplex
  head: Buffer
  admission: Admission
  acting: Acting
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

const noShell = new Refused({
  status: 409,
  code: 'not-possible',
  title: 'There are no shells yet',
  detail: 'This version of the dashboard opens no shells: use kubectl exec.',
})

/** The kinds of consoles, behind the one door. */
export const CONSOLE_OPENERS: Record<ConsoleKind, ConsoleOpener> = {
  vnc: {
    find: ({ policy }, acting, place) => findScreen(acting, policy, place),
    open: openVnc,
  },
  exec: {
    find: () => Promise.reject(noShell),
    open: (_, { socket }) => void socket.destroy(),
  },
}
