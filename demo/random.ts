/** A seeded source of chance: the same seed tells the same story. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** A whole number in [low, high]. */
  int(low: number, high: number): number
  pick<T>(from: readonly [T, ...T[]]): T
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string
  /** A version 4 UUID. */
  uuid(): string
  /** An independent source, so that one consumer's draws do not shift another's. */
  fork(label: string): Random
}

/** mulberry32: small, fast, and good enough for a fleet that only has to look alive. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  const hex = (digits: number) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join('')
  return {
    next,
    int,
    pick: (from) => from[int(0, from.length - 1)] ?? from[0],
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[int(0, 3)] ?? '8'}${hex(3)}-${hex(12)}`,
    fork(label) {
      let hash = seed >>> 0
      for (const letter of label) {
        hash = (Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) + 1) >>> 0
      }
      return seededRandom(hash)
    },
  }
}
