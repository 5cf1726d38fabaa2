import type { Draft } from './draft.ts'
import { editable, textOfSet } from './document/set-base.ts'
import type { SetBase } from './document/set-base.ts'
import { fieldText } from './document/path.ts'
import { parseText, withFields } from './document/set-text.ts'
import { threeWay } from './document/three-way.ts'
import type { Clash } from './document/three-way.ts'

/** A draft that was brought onto a newer version of its set. */
export interface Rebased {
  draft: Draft
  /** The newer version, without the draft's changes. */
  origin: Draft
  /** Names of the fields that were taken over from the newer version. */
  taken: string[]
  /** Fields that both changed; the draft keeps its own until somebody chooses. */
  clashes: Clash[]
}

/**
 * Brings a draft onto a newer version of the set: what others changed and the draft did not is taken over into its
 * text, comments and all. Null while the text cannot be read: nothing can be put into it.
 */
export function rebaseDraft(text: string, base: SetBase, newer: SetBase): Rebased | null {
  const { value, faults } = parseText(text)
  if (faults.length > 0) return null
  const { taken, clashes } = threeWay(editable(base), value, editable(newer))
  const merged = withFields(
    text,
    taken.map(({ path, value: theirs }) => [path, theirs] as const),
  )
  return {
    draft: { text: merged, base: newer },
    origin: { text: textOfSet(newer), base: newer },
    taken: taken.map(({ path }) => fieldText(path)),
    clashes,
  }
}
