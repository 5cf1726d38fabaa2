/** Long enough for the next key of a number that is being typed. */
const SETTLE_MS = 250

/** Waits for somebody to be done with typing. @throws the reason of `signal` once it aborts */
export function settle(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, SETTLE_MS)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    })
  })
}
