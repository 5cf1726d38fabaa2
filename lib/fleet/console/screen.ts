/** Widths in pixels that pictures of screens are made in. */
export const SCREEN_WIDTHS = [160, 320, 640] as const

export type ScreenWidth = (typeof SCREEN_WIDTHS)[number]

/** A VM is dialled for a picture at most this often (ms), whoever looks. */
export const SCREEN_EVERY_MS = 10_000

/** Why there is no fresh picture of a screen. */
export const SCREEN_TROUBLES = [
  'asleep',
  'unreachable',
  'not-vnc',
  'needs-password',
  'not-shared',
  'in-use',
  'target-refused',
  'busy',
] as const

export type ScreenTrouble = (typeof SCREEN_TROUBLES)[number]

/** Reads what a header says; whatever else it says is none. */
export const isScreenTrouble = (text: string | null): text is ScreenTrouble =>
  SCREEN_TROUBLES.some((each) => each === text)

/** What is answered, as JSON, where there is no picture at all; `SCREEN_TROUBLE` says the kind. */
export interface ScreenMissing {
  /** `namespace/name` of the VM. */
  screen: string
  /** Why, in words. */
  detail: string
}

/** On a picture: when it was taken (ISO 8601). */
export const SCREEN_TIME = 'screen-time'
/** On an old picture, and on the answer in place of one: why there is no fresh one. */
export const SCREEN_TROUBLE = 'screen-trouble'

export interface ScreenWords {
  /** On a tile. */
  short: string
  /** What it means, and what to do. */
  detail: string
}

/** What the pages and the API say of each. */
export const SCREEN_WORDS: Record<ScreenTrouble, ScreenWords> = {
  asleep: { short: 'not running', detail: 'The VM shows no screen now. Its last picture is from before.' },
  unreachable: {
    short: 'not answering',
    detail: 'Nothing answers where the screen should be. It is tried again while somebody looks.',
  },
  'not-vnc': {
    short: 'no VNC server',
    detail: 'What answers there is no VNC server that can be understood. Check the address and the port.',
  },
  'needs-password': {
    short: 'needs a password',
    detail: 'The VNC server asks for a password. Open the console and type it: it is never kept.',
  },
  'not-shared': {
    short: 'one viewer only',
    detail: 'The VNC server shows itself to one viewer at a time, so the dashboard leaves it alone.',
  },
  'in-use': {
    short: 'in use',
    detail:
      'Somebody uses the console, and whether the VNC server shares is not known yet, so it is left alone.',
  },
  'target-refused': {
    short: 'may not be dialled',
    detail: 'CONSOLE_ALLOWED_CIDRS and CONSOLE_ALLOWED_PORTS do not let this address be dialled.',
  },
  busy: { short: 'waiting', detail: 'Many screens are being looked at. This one has its turn soon.' },
}
