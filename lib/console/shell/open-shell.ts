import type { CloseReason } from '../../fleet/console/close-codes.ts'
import type { ShellExit } from '../../fleet/console/shell-frames.ts'
import { fieldsOf } from '../../fleet/reader.ts'
import { failureWords, safeText } from '../../kube/failure-words.ts'
import { NoSocket } from '../../kube/open-socket.ts'
import { Refused } from '../../kube/problem.ts'
import type { Consoles } from '../consoles.ts'
import { consoleNotes } from '../note-console.ts'
import type { RunningConsole } from '../open-consoles.ts'
import type { Entrance } from '../opener.ts'
import { refusedReason } from '../refused-reason.ts'
import { createBrowserLink } from '../relay/browser-link.ts'
import { requireConsoleRight } from '../rights.ts'
import { acceptHandshake } from '../web-socket/handshake.ts'
import { startExec } from './exec-stream.ts'
import { findShell } from './find-shell.ts'
import { runOnce } from './run-once.ts'
import { resizeCommand, shellCommand } from './shell-command.ts'
import { relayShell } from './shell-relay.ts'

function messageOf(body: string): string {
  try {
    const { message } = fieldsOf(JSON.parse(body))
    return typeof message === 'string' ? message : body
  } catch {
    return body
  }
}

function failure(error: unknown): { exit: ShellExit | null; reason: CloseReason } {
  if (error instanceof Refused) {
    return { exit: { code: null, message: error.problem.detail }, reason: refusedReason(error) }
  }
  if (error instanceof NoSocket) {
    const said = safeText(messageOf(error.body), 1_000)
    const message = said === '' ? `The API server answered ${error.status}.` : said
    return { exit: { code: null, message }, reason: 'shell-refused' }
  }
  return { exit: { code: null, message: failureWords(error) }, reason: 'cluster-silent' }
}

/**
 * Opens a shell in a VM: asks everything again that was asked for the ticket, runs the one command that there is for
 * its system, and relays until it ends, a limit is reached, or the VM is not what it was.
 */
export function openShell(
  consoles: Consoles,
  { request, socket, head, admission, acting, doer }: Entrance,
): void {
  const { open, relay, settings } = consoles
  acceptHandshake(request, socket)
  const browser = createBrowserLink(socket, head, relay.now)
  const review = () => requireConsoleRight(acting.transport, admission)
  const notes = consoleNotes(acting.service.trail, doer, admission)
  let greetedAt: number | null = null
  let os = ''
  const shell = relayShell({
    browser,
    now: relay.now,
    failure,
    async start(size, listener, signal) {
      await review()
      const subject = await findShell(acting, admission)
      ;({ os } = subject.vm)
      const command = shellCommand({
        os,
        shell: settings.terminalShell,
        size,
      })
      return startExec(acting.transport, admission, command, listener, signal)
    },
    resize: (terminal, size, signal) =>
      runOnce(acting.transport, admission, resizeCommand(os, terminal, size), signal),
    onOpen() {
      greetedAt = relay.now()
      notes.opened()
    },
    onOver(reason) {
      if (!open.remove(running)) return
      notes.ended(reason, browser.traffic())
    },
  })
  const running: RunningConsole = {
    admission,
    openedAt: relay.now(),
    get greetedAt() {
      return greetedAt
    },
    end: shell.end,
    lastMovedAt: shell.lastMovedAt,
    lastHeardAt: browser.lastHeardAt,
    stuckSince: shell.stuckSince,
    ping: browser.ping,
    review,
  }
  open.add(running)
}
