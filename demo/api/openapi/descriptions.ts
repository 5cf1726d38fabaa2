import { KIND_WORDS } from './kind-words.ts'

/** Our own words for a kind, or for a field of it; undefined for what nobody has described yet. */
export function described(kind: string, field = ''): string | undefined {
  const words = Object.hasOwn(KIND_WORDS, kind) ? KIND_WORDS[kind] : undefined
  if (words && Object.hasOwn(words, field)) return words[field]
  return field && field in OF_EVERY_OBJECT && words ? OF_EVERY_OBJECT[field] : undefined
}

const OF_EVERY_OBJECT: Readonly<Record<string, string>> = {
  apiVersion: 'The version of the API that this object is written in, such as v1 or apps/v1.',
  kind: 'What the object is, in CamelCase. Cannot be changed.',
  metadata: 'What every object has: its name, its namespace, labels, annotations and owners.',
}
