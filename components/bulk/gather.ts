/**
 * Hands on what comes in little pieces in larger ones: the first at once, what comes within `everyMs` of it together.
 */
export function gather<Item>(
  everyMs: number,
  tell: (items: readonly Item[]) => void,
): { add(items: readonly Item[]): void; flush(): void } {
  let held: Item[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (held.length === 0) return
    const items = held
    held = []
    tell(items)
  }
  return {
    add(items) {
      held.push(...items)
      if (timer !== undefined) return
      flush()
      timer = setTimeout(() => {
        timer = undefined
        flush()
      }, everyMs)
    },
    flush,
  }
}
