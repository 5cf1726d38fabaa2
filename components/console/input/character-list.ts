import { formatCount } from '../../ui/format-count.ts'

const MOST_SHOWN = 12

/** Characters, for a sentence about them: at most the first dozen, since a binary file has thousands. */
export function characterList(characters: readonly string[]): string {
  const shown = characters.slice(0, MOST_SHOWN).join(' ')
  const more = characters.length - MOST_SHOWN
  return more > 0 ? `${shown} and ${formatCount(more)} more` : shown
}
