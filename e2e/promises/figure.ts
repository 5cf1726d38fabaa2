/** True when the suites run at their whole counts; else at a tenth. */
export const FULL = process.env.PROMISES === 'full'

/** How many of `whole` this run does. */
export const counted = (whole: number) => (FULL ? whole : Math.ceil(whole / 10))

/** The seed of this run; SEED repeats another one. */
export const SEED = Number(process.env.SEED ?? 7)

/** Prints the one line that a promise is judged by. Durations are printed, never asserted. */
export function figure(promise: string, startedAt: number, ...facts: (string | false)[]): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const told = facts.filter((fact) => fact !== false).join(', ')
  console.log(`promise ${promise}: ${told}, seed ${SEED}, ${seconds} s`)
}

/** The value below which `share` of the samples lie; NaN of none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Milliseconds as seconds with two decimals. */
export const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
