/**
 * Waits for a condition, looking again each time the event loop has turned.
 * @throws Error naming `what` when it does not come true in time; the limit only ends a hopeless wait
 */
export async function until(what: string, condition: () => boolean, limitMs = 30_000): Promise<void> {
  const started = performance.now()
  while (!condition()) {
    if (performance.now() - started > limitMs) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => {
      setTimeout(resolve, 1)
    })
  }
}

/** Lets everything that is ready run, `times` times. */
export async function turns(times = 1): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}
