import type { YAMLParseError } from 'yaml'

/** Errors of the scanner name the line as people count, those of the parser as computers do; line one goes unnamed. */
interface Words {
  by: 'scanner' | 'parser'
  words: string
}

const KEY: Words = { by: 'parser', words: 'did not find expected key' }
const CONTEXT: Words = { by: 'scanner', words: 'mapping values are not allowed in this context' }
const TOKEN: Words = { by: 'scanner', words: 'found character that cannot start any token' }
const END: Words = { by: 'scanner', words: 'found unexpected end of stream' }
const LIST: Words = { by: 'parser', words: "did not find expected ',' or ']'" }
const MAP: Words = { by: 'parser', words: "did not find expected ',' or '}'" }

function wordsOf({ code, message }: YAMLParseError): Words {
  if (code === 'MISSING_CHAR') {
    if (message.includes('quote')) return END
    return message.includes(']') || message.includes('flow sequence') ? LIST : MAP
  }
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return CONTEXT
  if (code === 'TAB_AS_INDENT' || code === 'BAD_SCALAR_START') return TOKEN
  if (message.startsWith('Flow sequence')) return LIST
  return message.startsWith('Flow map') ? MAP : KEY
}

/** What go-yaml says about a text that the library cannot read, as far as their errors correspond. */
export function yamlError(errors: readonly [YAMLParseError, ...YAMLParseError[]], text: string): string {
  const [first] = errors
  const { by, words } = wordsOf(first)
  // A key that goes on in the next line is told where it ends.
  const long = words === CONTEXT.words && errors.find(({ code }) => code === 'MULTILINE_IMPLICIT_KEY')
  const at = words === END.words ? text.length : long ? long.pos[1] : first.pos[0]
  const line = text.slice(0, at).split('\n').length - 1
  const shown = by === 'scanner' && line > 0 ? line + 1 : line
  return `yaml: ${shown > 0 ? `line ${shown}: ` : ''}${words}`
}
