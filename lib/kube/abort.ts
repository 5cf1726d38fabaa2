import { setTimeout as wait } from 'node:timers/promises'

export interface LinkedAbort {
  signal: AbortSignal
  abort(reason?: unknown): void
  /** Lets go of the parent; to be called when the work is over, or the parent collects listeners. */
  release(): void
}

/** An abort of one piece of work, which the end of the whole also aborts; and a time limit, if given. */
export function linkedAbort(parent: AbortSignal, timeoutMs?: number): LinkedAbort {
  const controller = new AbortController()
  const follow = () => controller.abort(parent.reason)
  if (parent.aborted) follow()
  else parent.addEventListener('abort', follow, { once: true })
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => controller.abort(new Error(`not done within ${timeoutMs / 1000} s`)), timeoutMs)
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release() {
      clearTimeout(timer)
      parent.removeEventListener('abort', follow)
    },
  }
}

/** Waits, or less long when the signal aborts: it does not throw. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return
  await wait(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
