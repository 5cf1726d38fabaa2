import { structuredPatch } from 'diff'
import { stringify } from 'yaml'

/** What is compared: an object of the cluster, a text that is compared as it is, or null where there is nothing. */
export type DiffSide = object | string | null

/** One line of a diff, or how many lines that are the same on both sides were left out. */
type Compared = { sign: '+' | '-' | ' '; text: string } | { sign: 'gap'; count: number }

/** With its place in the diff. */
export type DiffLine = Compared & { place: number }

interface LineDiff {
  lines: DiffLine[]
  added: number
  removed: number
}

/** What the API server writes for itself: it differs after every write, and nobody asked for it. */
const OWN_METADATA: ReadonlySet<string> = new Set([
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
])

/** Past this many changed lines the finest difference is of no use to anybody, and its search slow. */
const MOST_EDITS = 2_000
const CONTEXT = 3

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object as people wrote it: without its status and without the API server's own record of it. */
function readable(object: object): object {
  const { status: _, metadata, ...rest } = object as { status?: unknown; metadata?: unknown }
  if (!isRecord(metadata)) return rest
  const kept = Object.entries(metadata).filter(([name]) => !OWN_METADATA.has(name))
  const { apiVersion, kind, ...body } = rest as Record<string, unknown>
  const head = {
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(kind === undefined ? {} : { kind }),
  }
  return { ...head, metadata: Object.fromEntries(kept), ...body }
}

function textOf(side: DiffSide): string {
  if (side === null) return ''
  if (typeof side === 'string') return side === '' || side.endsWith('\n') ? side : `${side}\n`
  // The order of fields says nothing, and the server keeps none.
  return stringify(readable(side), { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true })
}

const linesOf = (text: string) => text.split('\n').slice(0, -1)

const changed = (sign: '+' | '-', text: string): Compared[] =>
  linesOf(text).map((line) => ({ sign, text: line }))

const gap = (count: number): Compared[] => (count > 0 ? [{ sign: 'gap', count }] : [])

function signOf(line: string): '+' | '-' | ' ' {
  const sign = line.charAt(0)
  return sign === '+' || sign === '-' ? sign : ' '
}

function compared(before: string, after: string): Compared[] {
  const patch = structuredPatch('', '', before, after, '', '', {
    context: CONTEXT,
    maxEditLength: MOST_EDITS,
  })
  if (patch === undefined) return [...changed('-', before), ...changed('+', after)]
  const lines: Compared[] = []
  let shown = 0
  for (const hunk of patch.hunks) {
    const start = hunk.oldStart - 1
    lines.push(...gap(start - shown))
    lines.push(...hunk.lines.map((line) => ({ sign: signOf(line), text: line.slice(1) })))
    shown = start + hunk.oldLines
  }
  return lines.length === 0 ? [] : [...lines, ...gap(linesOf(before).length - shown)]
}

/**
 * The lines in which two objects differ, as YAML, with three lines around each; no lines at all where nothing
 * differs. Of objects the status and the API server's own metadata do not count; texts are compared as they are.
 */
export function lineDiff(before: DiffSide, after: DiffSide): LineDiff {
  const lines = compared(textOf(before), textOf(after)).map((line, place) => Object.assign(line, { place }))
  const count = (sign: string) => lines.filter((line) => line.sign === sign).length
  return { lines, added: count('+'), removed: count('-') }
}
