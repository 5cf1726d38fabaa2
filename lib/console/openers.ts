import type { ConsoleKind } from '../fleet/console/answer.ts'
import { openVnc } from './open-vnc.ts'
import { findShell } from './shell/find-shell.ts'
import { openShell } from './shell/open-shell.ts'
import { findScreen } from './target/find-screen.ts'
import type { ConsoleOpener } from './opener.ts'

/** The kinds of consoles, behind the one door. */
export const CONSOLE_OPENERS: Record<ConsoleKind, ConsoleOpener> = {
  vnc: {
    find: ({ policy }, acting, place) => findScreen(acting, policy, place),
    open: openVnc,
  },
  exec: {
    async find(_, acting, place) {
      await findShell(acting, place)
      return null
    },
    open: openShell,
  },
}
