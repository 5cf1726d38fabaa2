/** What JSON.parse forgives: a name twice in one object, of which it keeps the last, and any depth. */
export interface JsonFault {
  /** Path of the object with the fault, as `spec.agent`; '' for the whole. */
  field: string
  message: string
}

const MAX_DEPTH = 32

interface Level {
  path: string
  /** The names so far; null in a list. */
  names: Set<string> | null
  /** The name or index of the member that is being read. */
  at: string | number
}

const join = ({ path, names, at }: Level) =>
  names === null ? `${path}[${at}]` : path === '' ? String(at) : `${path}.${at}`

/** The place after the text that begins at `from`. */
function endOfText(json: string, from: number): number {
  let at = from + 1
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at + 1
}

/**
 * Finds what is wrong with JSON that `JSON.parse` has accepted: names that occur twice, names that mean something
 * to JavaScript itself, and more than 32 levels. Undefined when there is nothing.
 */
export function jsonFault(json: string): JsonFault | undefined {
  const levels: Level[] = []
  let expectsName = false
  for (let at = 0; at < json.length; at += 1) {
    const top = levels.at(-1)
    const letter = json[at]
    if (letter === '{' || letter === '[') {
      if (levels.length >= MAX_DEPTH)
        return { field: '', message: `is nested more than ${MAX_DEPTH} levels deep` }
      const path = top === undefined ? '' : join(top)
      levels.push(letter === '{' ? { path, names: new Set(), at: '' } : { path, names: null, at: 0 })
      expectsName = letter === '{'
    } else if (letter === '}' || letter === ']') levels.pop()
    else if (letter === ',' && top !== undefined) {
      expectsName = top.names !== null
      if (typeof top.at === 'number') top.at += 1
    } else if (letter === '"') {
      const end = endOfText(json, at)
      if (expectsName && top?.names) {
        const name = JSON.parse(json.slice(at, end)) as string
        top.at = name
        if (name === '__proto__') return { field: join(top), message: 'is not a name that a field can have' }
        if (top.names.has(name)) return { field: join(top), message: 'is given twice' }
        top.names.add(name)
        expectsName = false
      }
      at = end - 1
    }
  }
  return undefined
}
