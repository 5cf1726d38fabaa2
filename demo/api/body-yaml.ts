import type { Document } from 'yaml'
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml'
import { yamlError } from './body-yaml-errors.ts'

export interface YamlBody {
  value: unknown
  /** Why it is not YAML, in the words of the original's parser. */
  error: string | undefined
  /** `line 5: key "foo" already set in map`, in order. */
  repeated: readonly string[]
}

/** More of them, and a small text can stand for a large object. */
const MOST_ALIASES = 100
/** The original reads dates, binaries and sexagesimal numbers as the texts they are. */
const NOT_READ = /:(?:timestamp|binary|omap|pairs|set)$/

function repeatedKeys(node: unknown, lines: LineCounter, found: string[]): void {
  if (isSeq(node)) for (const item of node.items) repeatedKeys(item, lines, found)
  if (!isMap(node)) return
  const seen = new Set<string>()
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : ''
    const at = isScalar(key) ? (key.range?.[0] ?? 0) : 0
    if (seen.has(name)) {
      found.push(`line ${lines.linePos(at).line}: key ${JSON.stringify(name)} already set in map`)
    }
    seen.add(name)
    repeatedKeys(value, lines, found)
  }
}

function firstDocument(text: string, lineCounter: LineCounter): Document | undefined {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    schema: 'yaml-1.1',
    uniqueKeys: false,
    merge: true,
    lineCounter,
    customTags: (tags) =>
      tags.filter((tag) => typeof tag === 'string' || (!NOT_READ.test(tag.tag) && tag.format !== 'TIME')),
  })
  return Array.isArray(documents) ? documents[0] : undefined
}

/** Reads the first document of a YAML text, as YAML 1.1: `yes` and `off` are booleans. */
export function readYaml(text: string): YamlBody {
  const lineCounter = new LineCounter()
  const document = firstDocument(text, lineCounter)
  const [failure, ...more] = document?.errors ?? []
  if (failure) return { value: undefined, error: yamlError([failure, ...more], text), repeated: [] }
  const repeated: string[] = []
  repeatedKeys(document?.contents, lineCounter, repeated)
  try {
    const value: unknown = document?.toJS({ maxAliasCount: MOST_ALIASES }) ?? null
    return { value, error: undefined, repeated }
  } catch (error) {
    return { value: undefined, error: aliasError(error), repeated: [] }
  }
}

function aliasError(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error)
  const unknown = /^Unresolved alias.*: (\S+)$/.exec(why)
  return unknown
    ? `yaml: unknown anchor '${unknown[1]}' referenced`
    : 'yaml: document contains excessive aliasing'
}
