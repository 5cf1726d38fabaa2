/** What this process has deleted lately, so that whoever comes too late is told by whom and when. */
export interface Deeds {
  add(uid: string, action: string): void
  of(uid: string): { action: string; who: string; when: string } | undefined
}

const LIMIT = 1_000

/** Deeds of this process, none yet; the latest 1,000 are kept. `now` gives epoch milliseconds. */
export function createDeeds(now: () => number = Date.now): Deeds {
  const deeds = new Map<string, { action: string; who: string; when: string }>()
  return {
    add(uid, action) {
      deeds.delete(uid)
      deeds.set(uid, { action, who: 'cocoon-dashboard', when: new Date(now()).toISOString() })
      for (const oldest of deeds.keys()) {
        if (deeds.size <= LIMIT) break
        deeds.delete(oldest)
      }
    },
    of: (uid) => deeds.get(uid),
  }
}
