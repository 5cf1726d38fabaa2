/** What this process has deleted lately, so that whoever comes too late is told by whom and when. */
export interface Deeds {
  add(namespace: string, uid: string, action: string): void
  /** Of what was in this namespace: whoever may look into one is told nothing of another. */
  of(namespace: string, uid: string): { action: string; who: string; when: string } | undefined
}

const LIMIT = 1_000

/** Names of namespaces have no slash. */
const keyOf = (namespace: string, uid: string) => `${namespace}/${uid}`

/** Deeds of this process, none yet; the latest 1,000 are kept. `now` gives epoch milliseconds. */
export function createDeeds(now: () => number = Date.now): Deeds {
  const deeds = new Map<string, { action: string; who: string; when: string }>()
  return {
    add(namespace, uid, action) {
      const key = keyOf(namespace, uid)
      deeds.delete(key)
      deeds.set(key, { action, who: 'cocoon-dashboard', when: new Date(now()).toISOString() })
      for (const oldest of deeds.keys()) {
        if (deeds.size <= LIMIT) break
        deeds.delete(oldest)
      }
    },
    of: (namespace, uid) => deeds.get(keyOf(namespace, uid)),
  }
}
