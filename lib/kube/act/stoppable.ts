/** Works under way that can be told to begin nothing new. */
export interface Stoppable {
  /** A signal that `stop` with the same key gives; call `ended` when the work is over. */
  begin(key: string): { stopped: AbortSignal; ended(): void }
  /** False when nothing is under way under this key, at least not in this process. */
  stop(key: string): boolean
}

/** A register of works, none of them under way yet. */
export function createStoppable(): Stoppable {
  const underWay = new Map<string, Set<AbortController>>()
  return {
    begin(key) {
      const mine = new AbortController()
      const all = underWay.get(key) ?? new Set()
      underWay.set(key, all.add(mine))
      return {
        stopped: mine.signal,
        ended() {
          all.delete(mine)
          if (all.size === 0 && underWay.get(key) === all) underWay.delete(key)
        },
      }
    },
    stop(key) {
      const all = underWay.get(key)
      for (const each of all ?? []) each.abort()
      return all !== undefined
    },
  }
}
