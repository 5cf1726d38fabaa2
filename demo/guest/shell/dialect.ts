import type { SyntaxFault } from './syntax-error.ts'

/** Where a shell's commands come from. */
export type ShellSource = 'command' | 'stdin' | 'file' | 'interactive'

/** How a shell words things, and whether it knows more than POSIX. */
export interface Dialect {
  name: 'dash' | 'bash'
  /** Prefix of a message about the command at `line`. */
  prefix(shell: string, line: number, source: ShellSource): string
  notFound(name: string): string
  /** A message per line, without the prefix. */
  syntaxError(fault: SyntaxFault, sourceLine: string): string[]
  /** Exit code when a redirect fails. */
  redirectFailure: number
}

const quoted = (what: string) =>
  /^[a-z ]+$/.test(what) && ['word', 'newline', 'end of file'].includes(what) ? what : `"${what}"`

const DASH: Dialect = {
  name: 'dash',
  prefix: (shell, line) => `${shell}: ${line}: `,
  notFound: (name) => `${name}: not found`,
  syntaxError(fault) {
    if (fault.text !== '') return [`Syntax error: ${fault.text}`]
    const expecting = fault.expecting === '' ? '' : ` (expecting "${fault.expecting}")`
    return [`Syntax error: ${quoted(fault.unexpected)} unexpected${expecting}`]
  },
  redirectFailure: 2,
}

const BASH: Dialect = {
  name: 'bash',
  prefix: (shell, line, source) =>
    source === 'command' ? `${shell}: line ${line}: ` : `${shell}: line ${line}: `,
  notFound: (name) => `${name}: command not found`,
  syntaxError(fault, sourceLine) {
    if (fault.unclosed !== '') return [`unexpected EOF while looking for matching \`${fault.unclosed}'`]
    if (fault.unexpected === 'end of file') return ['syntax error: unexpected end of file']
    if (fault.unexpected === '') return [`syntax error: ${fault.text}`]
    const token = fault.unexpected === 'word' ? fault.near : fault.unexpected
    return [`syntax error near unexpected token \`${token}'`, `\`${sourceLine}'`]
  },
  redirectFailure: 1,
}

export const DIALECTS: Record<Dialect['name'], Dialect> = { dash: DASH, bash: BASH }
