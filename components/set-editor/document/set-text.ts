import { isCollection, isMap, isNode, isPair, isScalar, isSeq, parseDocument, visit, YAMLMap } from 'yaml'
import type { Document, Node } from 'yaml'
import { fieldText } from './path.ts'
import type { Path } from './path.ts'

/** Why a text is no document, and where (offsets into the text). */
export interface TextFault {
  message: string
  line: number
  from: number
  to: number
}

/** A text as it is understood; `document` can be edited when there are no faults. */
export interface ParsedText {
  document: Document
  /** Plain JSON without nulls; undefined while there are faults. */
  value: unknown
  faults: TextFault[]
}

/** `key:` without a value says nothing of the field: to the cluster, too, it is absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const said = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(said.map(([name, member]) => [name, withoutNulls(member)]))
}

/** Reads a YAML text. Never throws: what is wrong with it is in `faults`. */
export function parseText(text: string): ParsedText {
  const document = parseDocument(text, { uniqueKeys: true, logLevel: 'silent', prettyErrors: true })
  const faults = document.errors.map(({ message, pos, linePos }) => ({
    message: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message,
    line: linePos?.[0].line ?? 1,
    from: Math.min(pos[0], text.length),
    to: Math.min(Math.max(pos[1], pos[0]), text.length),
  }))
  if (faults.length > 0) return { document, value: undefined, faults }
  const whole = { message: '', line: 1, from: 0, to: text.length }
  if (document.contents !== null && !isMap(document.contents)) {
    return { document, value: undefined, faults: [{ ...whole, message: 'A set is a mapping of fields' }] }
  }
  try {
    return { document, value: withoutNulls(document.toJS({ maxAliasCount: 50 }) ?? {}), faults }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { document, value: undefined, faults: [{ ...whole, message }] }
  }
}

const columnOf = (text: string, at: number) => at - (text.lastIndexOf('\n', at - 1) + 1)
const isBlock = (node: unknown): node is Node & { flow?: boolean; range: [number, number, number] } =>
  isCollection(node) && !node.flow && Array.isArray(node.range)

/** How the text is laid out, so that an edit of one field leaves the other lines as they are. */
function layoutOf(text: string, document: Document): { indent: number; indentSeq: boolean } {
  const layout = { indent: 2, indentSeq: true }
  let seen = { map: false, seq: false }
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !key.range || !isBlock(value)) return
      const inner = columnOf(text, value.range[0]) - columnOf(text, key.range[0])
      if (isSeq(value) && !seen.seq) {
        layout.indentSeq = inner > 0
        seen = { ...seen, seq: true }
      }
      if (isMap(value) && !seen.map && inner > 0) {
        layout.indent = inner
        seen = { ...seen, map: true }
      }
    },
  })
  return layout
}

/** The text of a document after an edit. Comments, order and unknown fields are as they were. */
function printDocument(text: string, document: Document): string {
  const layout = layoutOf(text, parseText(text).document)
  return document.toString({ ...layout, lineWidth: 0, flowCollectionPadding: false })
}

/** `key:` without a value is null to YAML; it becomes an empty mapping, which can be filled. */
function openParents(document: Document, path: Path): boolean {
  document.contents ??= new YAMLMap()
  for (let length = 0; length < path.length; length += 1) {
    const top = path.slice(0, length)
    const node = length === 0 ? document.contents : document.getIn(top, true)
    if (node === undefined || isCollection(node)) continue
    if (!isScalar(node) || node.value !== null) return false
    document.setIn(top, document.createNode(typeof path[length] === 'number' ? [] : {}))
  }
  return true
}

/** Whether a field can be written: nothing on the way to it is anything but a mapping or a list. */
export function canWrite({ document, faults }: ParsedText, path: Path): boolean {
  if (faults.length > 0) return false
  const parents = path.map((_, length) => document.getIn(path.slice(0, length), true))
  return parents.every(
    (node) =>
      node === undefined || node === null || isCollection(node) || (isScalar(node) && node.value === null),
  )
}

type Edit = (document: Document) => boolean

/** The text after an edit of its document; the text itself when it cannot be edited so. */
function edited(text: string, edit: Edit): string {
  const { document, faults } = parseText(text)
  if (faults.length > 0 || !edit(document)) return text
  return printDocument(text, document)
}

function write(document: Document, path: Path, value: unknown): boolean {
  if (!openParents(document, path)) return false
  const there = document.getIn(path, true)
  const isPlain = typeof value !== 'object' || value === null
  if (isScalar(there) && isPlain) {
    there.value = value
    delete there.source
    delete there.format
    if (typeof value === 'string' && !value.includes('\n') && there.type?.startsWith('BLOCK')) {
      delete there.type
    }
  } else document.setIn(path, isPlain ? value : document.createNode(value))
  return true
}

/** These stay, however empty: a form goes on filling them. */
const KEPT: ReadonlySet<string> = new Set(['metadata', 'spec', 'spec.agent'])

/** Takes a field away, and with it mappings and lists that hold nothing else. */
function remove(document: Document, path: Path): boolean {
  if (!document.hasIn(path)) return false
  document.deleteIn(path)
  const parent = path.slice(0, -1)
  if (parent.length === 0 || KEPT.has(fieldText(parent)) || typeof parent.at(-1) === 'number') return true
  const node = document.getIn(parent, true)
  const empty = isCollection(node) && node.items.length === 0 && !node.comment && !node.commentBefore
  if (empty) remove(document, parent)
  return true
}

/** The text with a field set to a value, or without it for undefined. */
export const withField = (text: string, path: Path, value: unknown): string =>
  edited(text, (document) => (value === undefined ? remove(document, path) : write(document, path, value)))

/** Several fields at once. */
export const withFields = (text: string, fields: readonly (readonly [Path, unknown])[]): string =>
  fields.reduce((now, [path, value]) => withField(now, path, value), text)

/** The text with one more item at the end of a list. */
export const withItem = (text: string, list: Path, item: object): string =>
  edited(text, (document) => {
    const there = document.getIn(list, true)
    if (isSeq(there)) {
      there.flow = there.items.length > 0 && there.flow === true
      there.add(document.createNode(item))
      return true
    }
    return write(document, list, [item])
  })

/** The text with an item of a list moved by so many places. */
export const withMovedItem = (text: string, list: Path, from: number, by: number): string =>
  edited(text, (document) => {
    const seq = document.getIn(list, true)
    const to = from + by
    if (!isSeq(seq) || to < 0 || to >= seq.items.length) return false
    // A comment above the first item is the list's to the parser, and the item's to whoever wrote it.
    const [first] = seq.items
    if (seq.commentBefore && isNode(first)) {
      first.commentBefore = seq.commentBefore
      delete seq.commentBefore
    }
    const [item] = seq.items.splice(from, 1)
    seq.items.splice(to, 0, item)
    return true
  })

/** The text with a member of a mapping under another name, in its place. */
export const withRenamedKey = (text: string, map: Path, from: string, to: string): string =>
  edited(text, (document) => {
    const node = document.getIn(map, true)
    if (!isMap(node) || node.has(to)) return false
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === from,
    )
    if (!pair || !isScalar(pair.key)) return false
    pair.key.value = to
    delete pair.key.source
    return true
  })

/** Where a field stands in the text: its value, or its key when it is no single value. */
export function rangeOf({ document }: ParsedText, path: Path): { from: number; to: number } {
  let node: unknown = document.contents
  let range = { from: 0, to: 0 }
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part)
      if (pair === undefined) return range
      if (isScalar(pair.key) && pair.key.range) range = { from: pair.key.range[0], to: pair.key.range[1] }
      node = pair.value
    } else if (isSeq(node)) {
      node = typeof part === 'number' ? node.items[part] : undefined
      if (isBlock(node)) range = { from: node.range[0], to: node.range[0] + 1 }
    } else return range
  }
  if (isScalar(node) && node.range && node.range[1] > node.range[0]) {
    return { from: node.range[0], to: node.range[1] }
  }
  return range
}
