/** The way to a field of a document: names of members, and places in lists. */
export type Path = readonly (string | number)[]

const PLAIN = /^[\w-]+$/

/** As the API server writes it: `spec.toolboxes[0].name`, and `metadata.labels[a.b/c]` for what has dots. */
export function fieldText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number' || !PLAIN.test(part)) return `${text}[${part}]`
    return text === '' ? part : `${text}.${part}`
  }, '')
}

/** The path of a field that a server names; '' is the document itself. */
export function parseField(field: string): Path {
  return [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, bracket, name = '']) => {
    if (bracket === undefined) return name
    return /^\d+$/.test(bracket) ? Number(bracket) : bracket
  })
}

/** Whether `path` is `top`, or something inside it. */
export const isWithin = (path: Path, top: Path): boolean => top.every((part, at) => part === path[at])

/** The value at a path of plain JSON; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as Record<string | number, unknown>)[part]
  }
  return at
}
