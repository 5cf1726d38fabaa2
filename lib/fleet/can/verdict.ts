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

/** Sentences to be said of an allowed action; null where there is nothing to say. */
export interface Remarks {
  warnings?: readonly (string | null)[]
  notes?: readonly (string | null)[]
}

const said = (sentences: readonly (string | null)[] = []) => sentences.filter((sentence) => sentence !== null)

/** The verdict of rules that found a reason against the action, or found none; remarks are asked for only then. */
export function verdictOf(reason: string | null, remarks: () => Remarks = () => ({})): Verdict {
  if (reason !== null) return { ok: false, reason }
  const { warnings, notes } = remarks()
  return { ok: true, warnings: said(warnings), notes: said(notes) }
}
