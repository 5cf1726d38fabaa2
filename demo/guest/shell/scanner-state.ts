import type { List, Redirect, WordPart } from './syntax-tree.ts'

/** Where the parser is in the text. */
export interface Scanner {
  text: string
  at: number
  line: number
  bash: boolean
  /** Here-documents whose body begins after the next newline. */
  pending: { redirect: Redirect; delimiter: string; literal: boolean; stripTabs: boolean }[]
  /** Reads what follows a dollar sign; undefined when that stands for itself. */
  parameter: (scanner: Scanner, quoted: boolean) => WordPart | undefined
  /** Parses commands up to a closing parenthesis, and moves behind it. */
  commands: (scanner: Scanner) => List
  /** Parses a whole text by itself, as backquotes need. */
  inner: (text: string, line: number) => List
}
