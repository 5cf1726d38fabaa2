import type RFB from '@novnc/novnc'

/** A screen of 8K fits; what is larger is no screen but an attempt to fill the browser's memory. */
const MOST_PIXELS = 7680 * 4320

/** The parts of noVNC 1.7 that also run outside of its message handler, in promises and timers of its own. */
const HANDLERS = ['_handleMessage', '_initMsg'] as const
const RESIZE = '_resize'

type Inner = Record<(typeof HANDLERS)[number], () => unknown> &
  Record<typeof RESIZE, (width: number, height: number) => void>

/**
 * Keeps noVNC from what a hostile server can do to a tab: a canvas of gigabytes, and exceptions where nobody
 * catches them, after which it would hang (promise D11 holds this to the installed version).
 */
export function guardRfb(rfb: RFB, onBroken: (error: unknown) => void): void {
  const inner = rfb as unknown as Inner
  const resize = inner[RESIZE].bind(rfb)
  inner[RESIZE] = (width, height) => {
    if (width * height > MOST_PIXELS) {
      throw new Error(`Its screen of ${width} × ${height} pixels is larger than any.`)
    }
    resize(width, height)
  }
  for (const name of HANDLERS) {
    const handle = inner[name].bind(rfb)
    inner[name] = () => {
      try {
        return handle()
      } catch (error) {
        onBroken(error)
        return false
      }
    }
  }
}
