/** Longest stretch, in milliseconds, that guests compute before the rest of this program gets its turn. */
const SLICE = 8

let sliceStart = performance.now()

/** Lets others run when it is time: a guest's endless loop must not stop the cluster. Throws when the process was killed. */
export async function breathe(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  if (performance.now() - sliceStart < SLICE) return
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
  sliceStart = performance.now()
  signal.throwIfAborted()
}
