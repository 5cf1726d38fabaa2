import { scanJson } from './body-json-scan.ts'
import { isRecord } from './json.ts'
import { badRequest } from './status.ts'

/** Where a paged list goes on: after this key, as of this revision (-1: whatever is current). */
export interface Continuation {
  revision: number
  after: string
}

const VERSION = 'meta.k8s.io/v1'

export function encodeContinuation({ revision, after }: Continuation): string {
  return Buffer.from(JSON.stringify({ v: VERSION, rv: revision, start: `${after}\0` })).toString('base64url')
}

const refused = (why: string) => badRequest(`invalid continue token: continue key is not valid: ${why}`)

/** Go prints a byte that is no letter by its number. */
function strangeByte(byte: number): string {
  const letter = byte < 0xa0 ? `\\u00${byte.toString(16)}` : String.fromCharCode(byte)
  return `invalid character '${letter}' looking for beginning of value`
}

/** Reads a token that a list gave out. Throws 400 for any other. */
export function decodeContinuation(token: string): Continuation {
  const strange = /[^\w-]/.exec(token)
  if (strange || token.length % 4 === 1) {
    throw refused(`illegal base64 data at input byte ${strange?.index ?? token.length - 1}`)
  }
  // Byte by byte, as Go names the first one that is no JSON.
  const text = Buffer.from(token, 'base64url').toString('latin1')
  const { error } = scanJson(text)
  if (error) throw refused(/^[\u0080-\u00ff]/.test(text) ? strangeByte(text.charCodeAt(0)) : error)
  const read: unknown = JSON.parse(Buffer.from(text, 'latin1').toString('utf8'))
  const { v = '', rv = 0, start = '' } = isRecord(read) ? read : {}
  if (v !== VERSION) throw refused(`server does not recognize this encoded version ${String(v)}`)
  if (typeof rv !== 'number' || rv === 0) {
    throw refused(`incorrect encoded start resourceVersion (version ${VERSION})`)
  }
  if (typeof start !== 'string' || start === '') throw refused(`encoded start key empty (version ${VERSION})`)
  if (start.split('/').some((step) => step === '.' || step === '..')) throw refused(start)
  return { revision: rv, after: start.replace(/\0$/, '') }
}
