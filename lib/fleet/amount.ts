import { quantityValue } from '../cocoon/quantity.ts'
import { NONE } from './duration.ts'

const BINARY: readonly (readonly [size: number, name: string])[] = [
  [2 ** 50, 'PiB'],
  [2 ** 40, 'TiB'],
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
]

/** One decimal below ten, where it still tells something; none above. Never a trailing `.0`. */
function rounded(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value))
}

/** Bytes in the largest binary unit that leaves a whole: `48 GiB`, `1.5 TiB`, `0 B`; an en dash for no amount. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return NONE
  for (const [size, name] of BINARY) {
    // From where rounding would say 1024 of the next smaller unit.
    if (bytes >= size - size / 2048) return `${rounded(bytes / size)} ${name}`
  }
  return `${Math.round(bytes)} B`
}

/** Cores: `4`, `0.5`, `0.05`; an en dash for no amount. */
export function formatCores(cores: number): string {
  if (!Number.isFinite(cores) || cores < 0) return NONE
  return cores < 1 ? String(Math.round(cores * 100) / 100) : rounded(cores)
}

const valueOf = (text: string) => (text === '' ? Number.NaN : (quantityValue(text) ?? Number.NaN))

/** A quantity of memory or disk for people; an en dash when it is not set or unreadable. */
export const formatMemory = (text: string): string => formatBytes(valueOf(text))

/** A quantity of processor for people; an en dash when it is not set or unreadable. */
export const formatCpu = (text: string): string => formatCores(valueOf(text))
