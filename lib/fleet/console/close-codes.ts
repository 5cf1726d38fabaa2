/** Why a console ended, as the dashboard tells its page: the reason of the WebSocket's close frame. */
export const CLOSE_REASONS = [
  'target-refused',
  'not-rfb',
  'unreachable',
  'vm-gone',
  'vm-moved',
  'hibernating',
  'rights-gone',
  'idle',
  'time-limit',
  'too-slow',
  'too-many',
  'taken-over',
  'guest-closed',
  'server-shutdown',
  'cluster-silent',
  'shell-ended',
  'shell-refused',
  'shell-fault',
] as const

export type CloseReason = (typeof CLOSE_REASONS)[number]

/**
 * What the browser itself makes of a connection that never opened (a ticket that is used up, too old or of somebody
 * else is answered by HTTP, which no page can read), and of one that broke without a word.
 */
export type ConsoleEnd = CloseReason | 'not-opened' | 'lost'

/**
 * Who opens the console again: the page by itself after a while, a person by a button, the page as soon as the VM is
 * ready again, or nobody before something else is changed.
 */
export type Reopening = 'by-itself' | 'by-hand' | 'when-ready' | 'not'

export interface EndWords {
  title: string
  /** What happened and what to do about it. */
  detail: string
  reopening: Reopening
}

/** In the range that RFC 6455 leaves to applications. */
export const CLOSE_CODES: Record<CloseReason, number> = {
  'target-refused': 4001,
  'not-rfb': 4002,
  unreachable: 4003,
  'vm-gone': 4004,
  'vm-moved': 4005,
  hibernating: 4006,
  'rights-gone': 4007,
  idle: 4008,
  'time-limit': 4009,
  'too-slow': 4010,
  'too-many': 4011,
  'taken-over': 4012,
  'guest-closed': 4013,
  'server-shutdown': 4014,
  'cluster-silent': 4015,
  'shell-ended': 4016,
  'shell-refused': 4017,
  'shell-fault': 4018,
}

/** The words that the page shows. */
export const END_WORDS: Record<ConsoleEnd, EndWords> = {
  'target-refused': {
    title: 'This screen may not be dialled',
    detail:
      'The address or the port of the screen is not among those that this dashboard may dial, or another VM has it. ' +
      'CONSOLE_ALLOWED_CIDRS and CONSOLE_ALLOWED_PORTS say which it may.',
    reopening: 'not',
  },
  'not-rfb': {
    title: 'This is not a VNC server',
    detail: 'Something listens there, but it did not greet as a VNC server does, so nothing was sent to it.',
    reopening: 'by-hand',
  },
  unreachable: {
    title: 'The screen does not answer',
    detail: 'No connection to the VNC server came about. It may not be running, or a firewall is in between.',
    reopening: 'by-itself',
  },
  'vm-gone': {
    title: 'The VM is gone',
    detail: 'The VM was deleted, or has no running machine any more.',
    reopening: 'when-ready',
  },
  'vm-moved': {
    title: 'The VM is another one now',
    detail:
      'The VM was made anew, or has another address since. The old screen was closed, so that nobody else is shown in it.',
    reopening: 'when-ready',
  },
  hibernating: {
    title: 'The VM sleeps',
    detail: 'The VM is hibernating or hibernated. Opening its screen does not wake it.',
    reopening: 'when-ready',
  },
  'rights-gone': {
    title: 'No longer allowed',
    detail: 'The cluster no longer lets you open consoles of this VM: that needs create on pods/exec.',
    reopening: 'not',
  },
  idle: {
    title: 'Closed after a long silence',
    detail: 'Nothing moved on this screen for a long while, so the connection was closed.',
    reopening: 'by-hand',
  },
  'time-limit': {
    title: 'The longest time for a console is over',
    detail: 'A console may be open for so long only. Open it again to go on.',
    reopening: 'by-hand',
  },
  'too-slow': {
    title: 'This browser took nothing for too long',
    detail: 'The screen sent pictures and this browser did not take them, so the connection was closed.',
    reopening: 'by-itself',
  },
  'too-many': {
    title: 'Too many consoles are open',
    detail: 'No more consoles may be open at a time. Close one and try again.',
    reopening: 'by-hand',
  },
  'taken-over': {
    title: 'Somebody else took over',
    detail:
      'The VNC server closed this connection just as another one to it was opened. It may show one viewer only.',
    reopening: 'by-hand',
  },
  'guest-closed': {
    title: 'The VNC server hung up',
    detail: 'The VNC server of the VM closed the connection. It may have been stopped or started anew.',
    reopening: 'by-itself',
  },
  'server-shutdown': {
    title: 'The dashboard is restarting',
    detail: 'The dashboard is being stopped or updated.',
    reopening: 'by-itself',
  },
  'cluster-silent': {
    title: 'The cluster does not answer',
    detail: 'The API server does not say where the screen is and whether you may see it, so it is not shown.',
    reopening: 'by-itself',
  },
  'shell-ended': {
    title: 'The shell has ended',
    detail: 'The shell was left, or the VM ended it.',
    reopening: 'by-hand',
  },
  'shell-refused': {
    title: 'No shell could be started',
    detail: 'The cluster would not run a command in this VM.',
    reopening: 'by-hand',
  },
  'shell-fault': {
    title: 'The terminal and the dashboard do not understand each other',
    detail: 'The page may be older than the dashboard. Load it again.',
    reopening: 'not',
  },
  'not-opened': {
    title: 'The console did not open',
    detail: 'The dashboard did not take the connection, or a proxy in front of it passes no WebSockets on.',
    reopening: 'by-hand',
  },
  lost: {
    title: 'The connection was lost',
    detail: 'The connection to the dashboard broke.',
    reopening: 'by-itself',
  },
}

const BY_CODE = new Map(CLOSE_REASONS.map((reason) => [CLOSE_CODES[reason], reason]))

/** Why a console ended, of the code of its close event; `opened` says whether it ever was open. */
export function endOf(code: number, opened: boolean): ConsoleEnd {
  return BY_CODE.get(code) ?? (opened ? 'lost' : 'not-opened')
}
