const MESSAGE_LIMIT = 200
const NAMES_SHOWN = 5

/** The cluster's own words in brackets, short enough to stand inside a sentence; '' when it has none. */
export function because(message: string): string {
  const words = message.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '')
  if (words === '') return ''
  return ` (${words.length > MESSAGE_LIMIT ? `${words.slice(0, MESSAGE_LIMIT)}…` : words})`
}

/**
 * `a`, `a and b`, `a, b and c`; of many the first five, and how many more there are. `total` is how many they are
 * where only the first six or more of them are given.
 */
export function listed(names: readonly string[], total: number = names.length): string {
  const shown = total > NAMES_SHOWN + 1 ? names.slice(0, NAMES_SHOWN) : names
  const rest = total - shown.length
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}

/** The same words, as at the beginning of a sentence. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** Words without beginning or end as a sentence of their own. */
export const sentence = (words: string): string =>
  words === '' || words.endsWith('.') ? capital(words) : `${capital(words)}.`

/** `1 VM`, `2 VMs`; only for nouns that take an s. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** The words that go with one, or those that go with several. */
export const agree = (count: number, one: string, many: string): string => (count === 1 ? one : many)
