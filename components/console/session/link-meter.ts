/** How a console runs, for the figures in its toolbar. */
export interface LinkFigures {
  /** Milliseconds from asking the VM for one pixel to its next answer; null while nothing was measured lately. */
  roundTrip: number | null
  /** Pictures painted per second, over the last seconds. */
  framesPerSecond: number
  /** Received bytes per second, over the last seconds, as they came through the WebSocket. */
  bytesPerSecond: number
}

const WINDOW_MS = 3_000
/** A round trip is asked for only when nothing came for this long: else the next answer is not the one asked for. */
const QUIET_MS = 120
const FRESH_MS = 30_000
/** Where nothing moves any more nothing is asked either, so that the server's limit for idle consoles holds. */
const LIVELY_MS = 60_000

interface Moment {
  at: number
  amount: number
}

/** Counts what passes. All times are the caller's clock in milliseconds. */
export function createLinkMeter() {
  let received: Moment[] = []
  let painted: Moment[] = []
  let lastData = -Infinity
  let lastMove = -Infinity
  let asked: number | null = null
  let roundTrip: { at: number; ms: number } | null = null
  const recent = (moments: Moment[], now: number) => moments.filter(({ at }) => at > now - WINDOW_MS)
  const perSecond = (moments: Moment[]) =>
    (moments.reduce((sum, { amount }) => sum + amount, 0) * 1_000) / WINDOW_MS
  return {
    data(bytes: number, now: number) {
      received.push({ at: now, amount: bytes })
      lastData = now
      if (asked === null) lastMove = now
      else roundTrip = { at: now, ms: now - asked }
      asked = null
    },
    frame(now: number) {
      painted.push({ at: now, amount: 1 })
    },
    /** Whether to ask for a pixel now: its answer can be told from the rest of the traffic. */
    mayAsk: (now: number) => asked === null && now - lastData >= QUIET_MS && now - lastMove < LIVELY_MS,
    asks(now: number) {
      asked = now
    },
    figures(now: number): LinkFigures {
      received = recent(received, now)
      painted = recent(painted, now)
      const fresh = roundTrip !== null && now - roundTrip.at <= FRESH_MS
      return {
        roundTrip: fresh && roundTrip !== null ? Math.round(roundTrip.ms) : null,
        framesPerSecond: Math.round(perSecond(painted)),
        bytesPerSecond: Math.round(perSecond(received)),
      }
    },
  }
}

/** RFB 3.8, 7.5.3: one pixel, not incremental, so that the server answers at once whether it changed or not. */
export const ONE_PIXEL_REQUEST = new Uint8Array([3, 0, 0, 0, 0, 0, 0, 1, 0, 1])
