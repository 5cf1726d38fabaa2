export interface SilenceTimer {
  heard(): void
  stop(): void
}

/**
 * Calls `onSilence` once when `heard` was not called for `limitMs()`, which may change meanwhile. Cheap to
 * feed: hearing only notes the time.
 */
export function startSilenceTimer(
  limitMs: () => number,
  onSilence: () => void,
  now: () => number = () => performance.now(),
): SilenceTimer {
  let last = now()
  let timer: NodeJS.Timeout
  const check = () => {
    const left = limitMs() - (now() - last)
    if (left <= 0) onSilence()
    else timer = setTimeout(check, Math.ceil(left))
  }
  timer = setTimeout(check, limitMs())
  return {
    heard() {
      last = now()
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
