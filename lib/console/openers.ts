import type { ConsoleKind } from '../fleet/console/answer.ts'
import { Refused } from '../kube/problem.ts'
import { openVnc } from './open-vnc.ts'
import { findScreen } from './target/find-screen.ts'
import type { ConsoleOpener } from './opener.ts'

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
