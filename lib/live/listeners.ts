/** Callbacks by topic. A callback may leave while topics are being told. */
export interface Listeners {
  add(topic: string, tell: () => void): () => void
  tellAll(topic: string): void
}

export function createListeners(): Listeners {
  const topics = new Map<string, Set<() => void>>()
  return {
    add(topic, tell) {
      const members = topics.get(topic) ?? new Set()
      topics.set(topic, members.add(tell))
      return () => {
        members.delete(tell)
        if (members.size === 0 && topics.get(topic) === members) topics.delete(topic)
      }
    },
    tellAll(topic) {
      for (const tell of topics.get(topic) ?? []) tell()
    },
  }
}
