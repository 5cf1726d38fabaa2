/** What the parser could not take; each shell says it in its own words. */
export interface SyntaxFault {
  line: number
  /** What stood there: an operator or keyword, `word`, `newline` or `end of file`; '' when `text` says it all. */
  unexpected: string
  /** The text of an unexpected word. */
  near: string
  expecting: string
  /** `Unterminated quoted string` and the like, in dash's words. */
  text: string
  /** The quote or bracket that was never closed, as bash names it. */
  unclosed: string
}

export type ShellSyntaxError = Error & {
  fault: SyntaxFault
  incomplete: boolean
  delimiter: string | undefined
}

const NOTHING: SyntaxFault = { line: 1, unexpected: '', near: '', expecting: '', text: '', unclosed: '' }

/** `incomplete` is a fault that more input could mend; `delimiter` is the line that a here-document waits for. */
export function syntaxError(
  fault: Partial<SyntaxFault>,
  incomplete = false,
  delimiter?: string,
): ShellSyntaxError {
  return Object.assign(new Error('syntax error'), { fault: { ...NOTHING, ...fault }, incomplete, delimiter })
}

export function isSyntaxError(error: unknown): error is ShellSyntaxError {
  return error instanceof Error && 'fault' in error
}
