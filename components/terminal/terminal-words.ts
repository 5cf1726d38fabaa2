import { END_WORDS } from '../../lib/fleet/console/close-codes.ts'
import type { ConsoleEnd } from '../../lib/fleet/console/close-codes.ts'
import type { ShellExit, ShellMode } from '../../lib/fleet/console/shell-frames.ts'
import { NotDone } from '../act/send-act.ts'

/** Where one shell of the page stands. */
export type ShellState =
  | { at: 'opening' }
  | { at: 'open'; mode: ShellMode }
  /** `asleep`: because its VM went to sleep. */
  | { at: 'over'; title: string; detail: string; asleep: boolean }

/** The ends whose words speak of screens elsewhere. */
const OF_SHELLS: Partial<Record<ConsoleEnd, { title: string; detail: string }>> = {
  'vm-moved': {
    title: 'The VM is another one now',
    detail: 'The VM was made anew, or is on another node since. Its shell was closed.',
  },
  hibernating: {
    title: 'The VM sleeps',
    detail: 'The VM is hibernating or hibernated. Opening a shell does not wake it.',
  },
  idle: {
    title: 'Closed after a long silence',
    detail: 'Nothing was typed or written for a long while, so the shell was closed.',
  },
  'too-slow': {
    title: 'This browser took nothing for too long',
    detail: 'The shell wrote more than this browser took, so it was closed.',
  },
  'cluster-silent': {
    title: 'The cluster does not answer',
    detail:
      'The API server does not say whether you may have a shell, or starts none. Try again in a moment.',
  },
  lost: {
    title: 'The connection is lost',
    detail: 'The shell ended with it: what ran in it was not told, and cannot be taken up again.',
  },
}

function exitWords({ code, message }: ShellExit): string {
  if (message !== '') return message
  return code === null ? 'The cluster does not tell its exit code.' : `Its exit code was ${code}.`
}

/** Why a shell is over, in words. */
export function overWords(end: ConsoleEnd, exit: ShellExit | null): { title: string; detail: string } {
  const { title, detail } = OF_SHELLS[end] ?? END_WORDS[end]
  return { title, detail: exit === null ? detail : exitWords(exit) }
}

/** Why there was no shell at all, in the server's words. */
export function refusalWords(refusal: unknown): { title: string; detail: string } {
  const title = 'No shell could be opened'
  if (refusal instanceof NotDone) return { title: refusal.problem.title ?? title, detail: refusal.message }
  return { title, detail: refusal instanceof Error ? refusal.message : String(refusal) }
}

/** What kind of shell it is, and what that means for who types (contract 6.7). */
export const modeWords = ({ terminal, resizes }: ShellMode): { label: string; detail: string } =>
  terminal
    ? {
        label: 'Terminal of the guest',
        detail:
          'The guest gave this shell a terminal of its own: keys, signals and full-screen programs work. ' +
          (resizes ? 'It has the size of this page.' : 'Its size is the one it was opened with.'),
      }
    : {
        label: 'Lines, no terminal',
        detail:
          'Neither the cluster nor this guest has a terminal for it: lines are edited here and sent with Enter. Ctrl-C reaches no program, and full-screen programs do not work.',
      }
