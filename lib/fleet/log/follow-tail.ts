/** Lines that were read one tail after the other. */
export interface Followed {
  lines: readonly string[]
  /** Places in `lines` before which some are missing: they came and went between two tails. */
  gaps: readonly number[]
  /** How many lines went at the front because there were too many, so that each keeps its number. */
  dropped: number
}

export const NOTHING_FOLLOWED: Followed = { lines: [], gaps: [], dropped: 0 }

/**
 * How many of the last of `before` are the first of `after`, as many as possible. Of a line that comes again and again
 * some repetitions may be missed; none is shown twice.
 */
function overlap(before: readonly string[], after: readonly string[]): number {
  const end = before.slice(-after.length)
  // Knuth, Morris, Pratt: how long a beginning of `after` ends at each place of it, then of `end`.
  const fails: number[] = [0]
  const step = (length: number, line: string | undefined) => {
    let here = length
    while (here > 0 && (here === after.length || after[here] !== line)) here = fails[here - 1] ?? 0
    return after[here] === line ? here + 1 : here
  }
  for (let place = 1; place < after.length; place++) {
    fails.push(step(fails[place - 1] ?? 0, after[place]))
  }
  return after.length === 0 ? 0 : end.reduce(step, 0)
}

/**
 * Goes on with a later tail of the same log: no node agent can follow one, so that the tails are compared
 * (contract 6.7). At most `most` lines are kept.
 */
export function followTail(followed: Followed, tail: readonly string[], most: number): Followed {
  const { lines, gaps, dropped } = followed
  const shared = overlap(lines, tail)
  const fresh = tail.slice(shared)
  if (fresh.length === 0) return followed
  const gap = shared === 0 && lines.length > 0 ? [lines.length] : []
  const all = [...lines, ...fresh]
  const over = Math.max(0, all.length - most)
  return {
    lines: over === 0 ? all : all.slice(over),
    gaps: [...gaps, ...gap].map((place) => place - over).filter((place) => place > 0),
    dropped: dropped + over,
  }
}
