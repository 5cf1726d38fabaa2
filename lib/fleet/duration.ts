/** What stands for "none" wherever a value is shown. */
export const NONE = '–'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const YEAR = 365 * DAY

/** Largest first: the unit, and the length from which it is used. Two days of hours say more than "1 d". */
const STEPS: readonly (readonly [from: number, unit: number, name: string])[] = [
  [2 * YEAR, YEAR, 'y'],
  [2 * WEEK, WEEK, 'wk'],
  [2 * DAY, DAY, 'd'],
  [HOUR, HOUR, 'h'],
  [MINUTE, MINUTE, 'min'],
  [SECOND, SECOND, 's'],
]

/**
 * A length of time in one short word: `0.4 s`, `11 s`, `6 min`, `4 h`, `3 d`, `5 wk`. Rounds down, because
 * "4 h" must not be said before four hours are over. Below zero (two clocks that disagree) counts as zero.
 */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return NONE
  for (const [from, unit, name] of STEPS) {
    if (milliseconds >= from) return `${Math.floor(milliseconds / unit)} ${name}`
  }
  const tenths = Math.floor(Math.max(0, milliseconds) / 100)
  return tenths === 0 ? '0 s' : `0.${tenths} s`
}

/** Milliseconds from an ISO 8601 moment to `now`; NaN when the moment is absent or unreadable. */
export function elapsed(since: string | null, now: number): number {
  return since === null || since === '' ? Number.NaN : now - Date.parse(since)
}

/** How long ago an ISO 8601 moment was, as `formatDuration` says it; an en dash when there is no moment. */
export function formatAge(since: string | null, now: number): string {
  return formatDuration(elapsed(since, now))
}

const two = (value: number) => String(value).padStart(2, '0')

/**
 * The exact moment for a tooltip, in the reader's time zone: `2026-11-23 14:05:09 +01:00`. Takes ISO 8601 or
 * epoch milliseconds; an en dash when there is no moment. `zone` is minutes east of UTC, for tests.
 */
export function formatMoment(moment: string | number | null, zone?: number): string {
  const at = new Date(moment ?? Number.NaN)
  const east = zone ?? -at.getTimezoneOffset()
  const shifted = new Date(at.getTime() + east * MINUTE)
  if (Number.isNaN(shifted.getTime())) return NONE
  const [day = '', time = ''] = shifted.toISOString().split('T')
  const away = Math.abs(east)
  return `${day} ${time.slice(0, 8)} ${east < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`
}
