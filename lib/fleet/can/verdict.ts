/** An action that may be done, and what a person should know before it is. */
export interface Allowed {
  ok: true
  /** What is lost or goes wrong by it, and of which objects: to be read before the click (design 4). */
  warnings: readonly string[]
  /** What is good to know: nothing is lost by it. */
  notes: readonly string[]
}

/** An action that must not be done now. */
export interface Denied {
  ok: false
  /** One sentence for people: which object is in the way, and what to do about it. */
  reason: string
}

export type Verdict = Allowed | Denied
