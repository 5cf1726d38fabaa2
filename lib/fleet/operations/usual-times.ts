import type { OperationKind, Usual } from './operation.ts'

/** So many of each kind are kept: enough for a median, few enough to follow a fleet that becomes slower. */
const KEPT = 51

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** How long operations took lately, by kind. */
export interface UsualTimes {
  add(kind: OperationKind, took: number): void
  get(kind: string): Usual | undefined
}

/** Usual times that know of no operation yet; of each kind the latest 51 count. */
export function createUsualTimes(): UsualTimes {
  const times = new Map<OperationKind, number[]>()
  const usual = new Map<string, Usual>()
  return {
    add(kind, took) {
      const kept = [...(times.get(kind) ?? []), took].slice(-KEPT)
      times.set(kind, kept)
      usual.set(kind, { uid: kind, median: Math.round(median(kept)), count: kept.length })
    },
    get: (kind) => usual.get(kind),
  }
}
