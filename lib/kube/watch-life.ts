import type { ReflectorTiming } from './reflector-timing.ts'

export interface WatchLife {
  seconds: number
  long: boolean
}

/**
 * Chooses how long the next watch shall live. A resource that says something at least every half `quietMs`
 * proves by that that its watch is alive, and gets a long life; a quiet one gets a short life, because the
 * server's bookmark before the end and the end itself are then the proof.
 */
export function chooseWatchLife(
  last: { events: number; livedMs: number },
  timing: ReflectorTiming,
  random: () => number,
): WatchLife {
  const long = last.events > 0 && last.livedMs / last.events <= timing.quietMs / 2
  const [low, high] = long ? timing.longLife : timing.shortLife
  return { seconds: low + Math.floor(random() * (high - low + 1)), long }
}
