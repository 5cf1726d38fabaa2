/** Words that CEL keeps for itself: a property of this name is reached as `__name__`. */
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return void while var'.split(
    ' ',
  ),
)
const ESCAPES: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
}

/** How rules name a property; undefined when CEL has no name for it. */
export function celName(property: string): string | undefined {
  if (RESERVED.has(property)) return `__${property}__`
  if (!/^[A-Za-z_./-][A-Za-z0-9_./-]*$/.test(property)) return undefined
  return property.replaceAll(/__|[./-]/g, (found) => ESCAPES[found] ?? found)
}
