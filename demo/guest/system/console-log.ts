/** One thing that happened, at a time of uptime in milliseconds; `unit` is what journalctl calls it. */
export interface LogEntry {
  at: number
  unit: string
  text: string
}

/** The console of one guest: what is printed while booting and what happens later, both made up when somebody reads. */
export interface ConsoleLog {
  /** Oldest first. */
  entries(): LogEntry[]
  /** Adds what happens now. */
  add(unit: string, text: string): void
  capture(): LogImage
}

export interface LogImage {
  boot: readonly LogEntry[]
  happened: readonly LogEntry[]
  seed: number
}

export interface ConsoleLogOptions extends LogImage {
  uptime: () => number
  /** What the workload says the nth time, told as `unit` and text. */
  chatter: (n: number, draw: number) => [string, string] | undefined
  /** When a snapshot went on, in milliseconds of uptime. */
  resumed: readonly number[]
}

const AGENT = 'cocoon-agent[388]'

/** How often the workload says something, and how many of these lines the console's buffer still holds. */
const PERIOD = 30_000
const KEPT = 1_000
const MAX_HAPPENED = 2_000

/** A number in [0, 1) that depends on the seed and n alone, so that the same line is told each time. */
function drawOf(seed: number, n: number): number {
  let mixed = Math.imul((seed ^ Math.imul(n, 0x9e3779b1)) | 0, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296
}

export function consoleLog({
  boot,
  happened,
  seed,
  uptime,
  chatter,
  resumed,
}: ConsoleLogOptions): ConsoleLog {
  const added = [...happened]
  const startedAt = boot.at(-1)?.at ?? 0
  const spoken = (): LogEntry[] => {
    const count = Math.max(0, Math.floor((uptime() - startedAt) / PERIOD))
    return Array.from({ length: Math.min(KEPT, count) }, (_, i) => Math.max(0, count - KEPT) + i).flatMap(
      (n) => {
        const said = chatter(n, drawOf(seed, n))
        if (!said) return []
        const at = startedAt + (n + 1) * PERIOD - Math.floor(drawOf(seed, -n) * 2_000)
        return [{ at, unit: said[0], text: said[1] }]
      },
    )
  }
  const resumptions = resumed.map((at) => ({
    at,
    unit: AGENT,
    text: 'resumed from a snapshot, entropy renewed',
  }))
  return {
    entries: () => [
      ...boot.filter(({ at }) => at <= uptime()),
      ...[...spoken(), ...resumptions, ...added].sort((a, b) => a.at - b.at),
    ],
    add(unit, text) {
      added.push({ at: uptime(), unit, text })
      if (added.length > MAX_HAPPENED) added.shift()
    },
    capture: () => ({ boot, happened: [...added], seed }),
  }
}

/** An entry as the console shows it: seconds since boot, then who says it. */
export function consoleLine({ at, unit, text }: LogEntry): string {
  const stamp = `[${(at / 1000).toFixed(6).padStart(12)}]`
  return unit === 'kernel' ? `${stamp} ${text}` : `${stamp} ${unit}: ${text}`
}
