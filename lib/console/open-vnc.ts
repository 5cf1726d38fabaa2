import type { CloseReason } from '../fleet/console/close-codes.ts'
import { Refused } from '../kube/problem.ts'
import type { Consoles } from './consoles.ts'
import { consoleNotes } from './note-console.ts'
import type { RunningConsole } from './open-consoles.ts'
import type { Entrance } from './opener.ts'
import { refusedReason } from './refused-reason.ts'
import { createBrowserLink } from './relay/browser-link.ts'
import { openTunnel } from './relay/tunnel.ts'
import { requireConsoleRight } from './rights.ts'
import { findScreen } from './target/find-screen.ts'
import { acceptHandshake } from './web-socket/handshake.ts'

/** A server that closes one connection so soon (ms) after it greeted another shows one viewer only. */
const TAKES_OVER_WITHIN = 3_000

/**
 * Opens the screen of a VM: asks everything again that was asked for the ticket, dials what was found just now if it is
 * what the ticket is for, and relays until either side, a limit, or the VM itself ends it.
 */
export function openVnc(
  consoles: Consoles,
  { request, socket, head, admission, acting, doer }: Entrance,
): void {
  const { open, policy, relay, logger } = consoles
  const { namespace, name, uid, who, endpoint } = admission
  const about = { console: 'vnc', vm: `${namespace}/${name}`, uid, who }
  acceptHandshake(request, socket)
  const browser = createBrowserLink(socket, head, relay.now)
  const openedAt = relay.now()
  const notes = consoleNotes(acting.service.trail, doer, admission)
  const review = () => requireConsoleRight(acting.transport, admission)
  let stop = (reason: CloseReason) => browser.end(reason)
  let lastMovedAt = () => openedAt
  let stuckSince = (): number | null => null
  const over = (reason: CloseReason | null) => {
    if (!open.remove(running)) return
    notes.ended(reason, browser.traffic())
  }
  const running: RunningConsole = {
    admission,
    openedAt,
    greetedAt: null,
    end(reason) {
      stop(reason)
      over(reason)
    },
    lastMovedAt: () => lastMovedAt(),
    lastHeardAt: browser.lastHeardAt,
    stuckSince: () => stuckSince(),
    ping: browser.ping,
    review,
  }
  const start = async () => {
    await review()
    const found = await findScreen(acting, policy, admission)
    if (browser.over || !open.has(running)) return over(null)
    if (found.host !== endpoint?.host || found.port !== endpoint.port) return running.end('vm-moved')
    const tunnel = openTunnel({
      ...relay,
      ...found,
      browser,
      onOpen() {
        running.greetedAt = relay.now()
        notes.opened()
        logger.debug({ ...about, ...found }, 'a screen was reached')
      },
      onOver: over,
      hungUp: () => (wasTakenOver() ? 'taken-over' : 'guest-closed'),
    })
    stop = tunnel.end
    lastMovedAt = tunnel.lastMovedAt
    stuckSince = tunnel.stuckSince
  }
  const wasTakenOver = () =>
    open
      .of(uid)
      .some(
        ({ greetedAt }) =>
          greetedAt !== null &&
          running.greetedAt !== null &&
          greetedAt > running.greetedAt &&
          relay.now() - greetedAt < TAKES_OVER_WITHIN,
      )
  open.add(running)
  start().catch((error: unknown) => {
    if (!(error instanceof Refused)) logger.error({ ...about, error }, 'a console could not be opened')
    running.end(error instanceof Refused ? refusedReason(error) : 'cluster-silent')
  })
}
