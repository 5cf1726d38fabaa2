type Words = Readonly<Record<string, string>>

/** Short descriptions of the kinds that people ask `kubectl explain` about most; '' is the kind itself. */
export const KIND_WORDS: Readonly<Record<string, Words>> = {
  Object: {},
}
