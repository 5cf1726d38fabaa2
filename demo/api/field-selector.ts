import { badRequest } from './status.ts'

/** One part of a fieldSelector. */
export interface FieldTerm {
  label: string
  value: string
  equal: boolean
}

const OPERATOR = /^(.*?)(!=|==|=)(.*)$/s

/** Splits at commas that are not escaped. */
function parts(selector: string): string[] {
  const found = selector.match(/(?:\\[\s\S]|[^,\\]|\\$)+/g)
  return found ?? []
}

/** Throws 400 for what only escaped may be part of a value. */
function unescaped(value: string): string {
  let escaping = false
  let text = ''
  for (const letter of value) {
    if (escaping) {
      if (!'\\,='.includes(letter))
        throw badRequest(`invalid field selector: invalid escape sequence: \\${letter}`)
      text += letter
      escaping = false
    } else if (letter === '\\') escaping = true
    else if (letter === ',' || letter === '=') {
      throw badRequest(`invalid field selector: unescaped character in value: ${letter.codePointAt(0)}`)
    } else text += letter
  }
  if (escaping) throw badRequest('invalid field selector: invalid escape sequence: \\')
  return text
}

/** Reads a fieldSelector. Throws 400 for what is none. */
export function fieldTerms(selector: string): FieldTerm[] {
  return parts(selector).map((text) => {
    const match = OPERATOR.exec(text)
    if (!match) throw badRequest(`invalid selector: '${selector}'; can't understand '${text}'`)
    const [, label = '', operator, value = ''] = match
    return { label, value: unescaped(value), equal: operator !== '!=' }
  })
}
