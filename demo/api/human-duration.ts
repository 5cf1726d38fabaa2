const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

const part = (ms: number, unit: number, sign: string) => (ms >= unit ? `${Math.floor(ms / unit)}${sign}` : '')

/**
 * A duration as `kubectl get` prints ages: two units while the larger one is small, then one.
 * `ms` may be slightly negative (clocks differ), which counts as 0.
 */
export function humanDuration(ms: number): string {
  if (ms < -2 * SECOND) return '<invalid>'
  const age = Math.max(0, ms)
  if (age < 2 * MINUTE) return `${Math.floor(age / SECOND)}s`
  if (age < 10 * MINUTE) return `${Math.floor(age / MINUTE)}m${part(age % MINUTE, SECOND, 's')}`
  if (age < 3 * HOUR) return `${Math.floor(age / MINUTE)}m`
  if (age < 8 * HOUR) return `${Math.floor(age / HOUR)}h${part(age % HOUR, MINUTE, 'm')}`
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)}h`
  if (age < 8 * DAY) return `${Math.floor(age / DAY)}d${part(age % DAY, HOUR, 'h')}`
  if (age < 2 * YEAR) return `${Math.floor(age / DAY)}d`
  if (age < 8 * YEAR) return `${Math.floor(age / YEAR)}y${part(age % YEAR, DAY, 'd')}`
  return `${Math.floor(age / YEAR)}y`
}

/** Age of a timestamp as a cell shows it; `<unknown>` when there is none. */
export function ageOf(timestamp: unknown, now: number): string {
  const then = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN
  return Number.isNaN(then) ? '<unknown>' : humanDuration(now - then)
}
