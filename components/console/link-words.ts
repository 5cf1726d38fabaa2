import { NONE } from '../../lib/fleet/duration.ts'
import type { LinkFigures } from './session/link-meter.ts'

const UNITS = ['B/s', 'kB/s', 'MB/s', 'GB/s'] as const

/** "1.1 MB/s": two digits under ten, thousands as networks count them. */
export function rateWords(bytesPerSecond: number): string {
  let amount = bytesPerSecond
  let unit = 0
  while (amount >= 1_000 && unit < UNITS.length - 1) {
    amount /= 1_000
    unit += 1
  }
  return `${unit > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[unit] ?? ''}`
}

/** "1280×800 · 18 ms · 24 fps · 1.1 MB/s" */
export function linkWords(size: { width: number; height: number }, figures: LinkFigures): string {
  const { roundTrip, framesPerSecond, bytesPerSecond } = figures
  return [
    `${size.width}×${size.height}`,
    roundTrip === null ? `${NONE} ms` : `${Math.max(1, roundTrip)} ms`,
    `${framesPerSecond} fps`,
    rateWords(bytesPerSecond),
  ].join(' · ')
}
