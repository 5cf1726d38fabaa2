/** The signals that matter here, with their numbers on Linux. */
export const SIGNALS = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
} as const

/** These are no death: without a handler the kernel drops them, and nothing here can be stopped or continued. */
export const HARMLESS_SIGNALS: ReadonlySet<number> = new Set([0, 17, 18, 19, 20, 21, 22])

/** A process was ended by a signal. */
export interface Killed extends Error {
  signal: number
}

export function killed(signal: number): Killed {
  return Object.assign(new Error(`killed by signal ${signal}`), { signal })
}

export function isKilled(error: unknown): error is Killed {
  return error instanceof Error && 'signal' in error && typeof error.signal === 'number'
}

/** `9`, `KILL`, `SIGKILL` or `sigkill`; undefined for what is none. */
export function signalNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) <= 64 ? Number(text) : undefined
  const name = text.toUpperCase().replace(/^SIG/, '')
  return Object.entries(SIGNALS).find(([each]) => each === name)?.[1]
}
