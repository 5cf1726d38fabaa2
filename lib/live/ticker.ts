import { createListeners } from './listeners.ts'

const listeners = createListeners()
const timers = new Map<number, { timer: ReturnType<typeof setInterval>; users: number }>()

/**
 * Calls `tell` every `periodMs`; the returned function ends it. One interval serves everybody with the same
 * period, so that the ages of forty rows turn in one go, and wake the machine once.
 */
export function onTick(periodMs: number, tell: () => void): () => void {
  const topic = String(periodMs)
  const leave = listeners.add(topic, tell)
  const running = timers.get(periodMs)
  if (running) running.users += 1
  else timers.set(periodMs, { timer: setInterval(() => listeners.tellAll(topic), periodMs), users: 1 })
  return () => {
    leave()
    const shared = timers.get(periodMs)
    if (!shared) return
    shared.users -= 1
    if (shared.users > 0) return
    clearInterval(shared.timer)
    timers.delete(periodMs)
  }
}
