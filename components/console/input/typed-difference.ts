/**
 * What a phone's keyboard did to a text field, as keys: how many characters it took away from the end, and what it
 * wrote then. Such keyboards tell no keys, and rewrite words while they guess.
 */
export function typedDifference(before: string, after: string): { backspaces: number; text: string } {
  const old = Array.from(before)
  const now = Array.from(after)
  let same = 0
  while (same < old.length && same < now.length && old[same] === now[same]) same += 1
  return { backspaces: old.length - same, text: now.slice(same).join('') }
}
