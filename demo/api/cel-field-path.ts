import type { SchemaNode } from './schema-node.ts'

const STEP = /\.([^.[\]']+)|\['((?:\\.|[^'\\])*)'\]/y

/**
 * A rule's fieldPath as it is printed behind the path of its object: `.a.b`, `.a[key]`. Undefined when it leads to no field
 * of the schema; '' for none.
 */
export function relativePath(fieldPath: string, node: SchemaNode): string | undefined {
  let here: SchemaNode | undefined = node
  let path = ''
  STEP.lastIndex = 0
  while (STEP.lastIndex < fieldPath.length) {
    const step = STEP.exec(fieldPath)
    if (!step || !here) return undefined
    const name: string = step[1] ?? (step[2] ?? '').replaceAll(/\\(.)/g, '$1')
    const named: boolean = here.properties.size > 0
    path += named ? `.${name}` : `[${name}]`
    const beyond: SchemaNode | undefined = typeof here.additional === 'object' ? here.additional : undefined
    here = named ? here.properties.get(name) : beyond
    if (!here) return undefined
  }
  return path
}
