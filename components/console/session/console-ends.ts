import { NotDone } from '../../act/send-act.ts'
import { END_WORDS } from '../../../lib/fleet/console/close-codes.ts'
import type { ConsoleEnd, EndWords, Reopening } from '../../../lib/fleet/console/close-codes.ts'

/** Why there is no picture any more, and who may bring it back. */
export interface Ended extends EndWords {
  cause: ConsoleEnd | PageEnd
}

/** What only the page knows: the server cannot see it, or had no part in it. */
export type PageEnd = 'left' | 'own-window' | 'refused' | 'auth-failed' | 'broken' | 'still-answers'

const PAGE_WORDS: Record<PageEnd, EndWords> = {
  left: {
    title: 'Disconnected',
    detail: 'You closed this console. The VM was not told and goes on.',
    reopening: 'by-hand',
  },
  'own-window': {
    title: 'This console is in a window of its own',
    detail: 'It was moved there, so that it is not open twice.',
    reopening: 'by-hand',
  },
  refused: { title: 'The dashboard refused', detail: 'It did not say why.', reopening: 'by-hand' },
  'auth-failed': {
    title: 'The VNC server refused',
    detail: 'It did not let this viewer in.',
    reopening: 'by-hand',
  },
  broken: {
    title: 'The VNC server sent something that cannot be shown',
    detail: 'What it sent is not the protocol it greeted with, so the console was closed.',
    reopening: 'by-hand',
  },
  'still-answers': {
    title: 'The VNC server ended this console',
    detail:
      'It hung up but still answers, so it was not restarted: another viewer may have taken over, or somebody logged ' +
      'out. Opening it again may end the console of somebody else.',
    reopening: 'by-hand',
  },
}

/** An end in the server's words. */
export const serverEnd = (cause: ConsoleEnd): Ended => ({ cause, ...END_WORDS[cause] })

/** An end that the page itself found; `words` say it better where there is more to tell. */
export const pageEnd = (cause: PageEnd, words: Partial<EndWords> = {}): Ended => ({
  cause,
  ...PAGE_WORDS[cause],
  ...words,
})

function reopeningOf(code: string | undefined): Reopening {
  if (code === 'unavailable' || code === 'rate-limited') return 'by-itself'
  // The server knew sooner than the page that the VM sleeps, say.
  return code === 'not-possible' ? 'when-ready' : 'by-hand'
}

/** Why no ticket was had, or the page's own code did not load. What passes by itself is tried again. */
export function refusalEnd(error: unknown): Ended {
  if (!(error instanceof NotDone)) {
    const detail = error instanceof Error ? error.message : String(error)
    return pageEnd('refused', {
      title: 'The console could not be loaded',
      detail: `${detail} Reload the page.`,
    })
  }
  const { code, title, detail, status } = error.problem
  if (status === undefined) return serverEnd('lost')
  const words = { ...(title && { title }), ...(detail && { detail }) }
  return pageEnd('refused', { ...words, reopening: reopeningOf(code) })
}
