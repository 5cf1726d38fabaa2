import { ACCESS_WORDS } from './kind-words-access.ts'
import { CLUSTER_WORDS } from './kind-words-cluster.ts'
import { POD_WORDS } from './kind-words-pods.ts'
import type { Words } from './words.ts'

/** Our own words for the kinds that people ask `kubectl explain` about most, by the last part of their schemas' names. */
export const KIND_WORDS: Readonly<Record<string, Words>> = { ...ACCESS_WORDS, ...CLUSTER_WORDS, ...POD_WORDS }
