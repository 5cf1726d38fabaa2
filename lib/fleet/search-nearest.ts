/** Steps (insert, drop, replace, swap neighbours) from one word to another. */
function distance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        best = Math.min(best, (beforeLast[column - 2] ?? best) + 1)
      }
      current.push(best)
    }
    beforeLast = last
    last = current
  }
  return last[to.length] ?? from.length
}

/**
 * The word that somebody most likely meant: the one that begins with what they typed, or the one at most a
 * third of its letters away (one letter for short words). Undefined when none is near.
 */
export function nearestWord(typed: string, words: readonly string[]): string | undefined {
  const lower = typed.toLowerCase()
  if (lower === '' || lower.length > 32) return undefined
  let best: string | undefined
  let bestSteps = Number.POSITIVE_INFINITY
  for (const word of words) {
    const steps = word.startsWith(lower) ? 0.5 : distance(lower, word)
    if (steps < bestSteps && steps <= Math.max(1, Math.floor(word.length / 3))) {
      best = word
      bestSteps = steps
    }
  }
  return best
}
