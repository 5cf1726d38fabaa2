import { KIND_WORDS } from './kind-words.ts'

const OF_EVERY_OBJECT: Readonly<Record<string, string>> = {
  apiVersion: 'The version of the API that this object is written in, such as v1 or apps/v1.',
  kind: 'What the object is, in CamelCase. It cannot be changed.',
  metadata: 'What every object has: its name and namespace, labels, annotations and owners.',
}

/** Our own words for a kind, or for a field of it; undefined for what nobody has described yet. */
export function described(kind: string, field = ''): string | undefined {
  const words = Object.hasOwn(KIND_WORDS, kind) ? KIND_WORDS[kind] : undefined
  return words && Object.hasOwn(words, field) ? words[field] : undefined
}

/** The same for a field that every object has. */
export const describedOfAll = (field: string): string | undefined =>
  Object.hasOwn(OF_EVERY_OBJECT, field) ? OF_EVERY_OBJECT[field] : undefined
