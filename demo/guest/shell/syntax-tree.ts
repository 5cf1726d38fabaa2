/** A word as written: literal pieces and expansions, in order. */
export type Word = WordPart[]

export type WordPart =
  | { kind: 'literal'; text: string; quoted: boolean }
  | Parameter
  | { kind: 'substitution'; body: List; quoted: boolean }
  | { kind: 'arithmetic'; expression: Word; quoted: boolean }

export type ParameterOperator =
  | ''
  | 'length'
  | '-'
  | '='
  | '?'
  | '+'
  | '#'
  | '##'
  | '%'
  | '%%'
  // What only bash knows.
  | '/'
  | '//'
  | '^'
  | '^^'
  | ','
  | ',,'
  | 'slice'
  | 'bad'

export interface Parameter {
  kind: 'parameter'
  name: string
  operator: ParameterOperator
  /** `:-` instead of `-`: empty counts as unset. */
  colon: boolean
  argument: Word
  quoted: boolean
}

export interface Redirect {
  operator: '<' | '>' | '>>' | '<>' | '>|' | '<&' | '>&' | '<<' | '<<<' | '&>'
  fd: number | undefined
  /** The file, the descriptor, or the text of a here-document. */
  target: Word
}

export interface Assignment {
  name: string
  value: Word
  append: boolean
}

export interface SimpleCommand {
  kind: 'simple'
  assignments: Assignment[]
  words: Word[]
  redirects: Redirect[]
  line: number
}

type Compound =
  | { kind: 'group'; body: List }
  | { kind: 'subshell'; body: List }
  | { kind: 'if'; condition: List; body: List; otherwise: List | undefined }
  | { kind: 'loop'; until: boolean; condition: List; body: List }
  | { kind: 'for'; variable: string; words: Word[] | undefined; body: List }
  | { kind: 'count'; start: Word; condition: Word; step: Word; body: List }
  | { kind: 'case'; subject: Word; branches: CaseBranch[] }
  | { kind: 'test'; words: Word[] }
  | { kind: 'calculate'; expression: Word }

export type CompoundCommand = Compound & { redirects: Redirect[]; line: number }

export interface CaseBranch {
  patterns: Word[]
  body: List
}

export interface FunctionDefinition {
  kind: 'function'
  name: string
  body: Command
  line: number
}

export type Command = SimpleCommand | CompoundCommand | FunctionDefinition

export interface Pipeline {
  commands: Command[]
  negated: boolean
  /** `time` stood before it. */
  timed: boolean
}

export interface AndOr {
  first: Pipeline
  rest: { operator: '&&' | '||'; pipeline: Pipeline }[]
  background: boolean
  /** As written, for `jobs` and `ps`. */
  text: string
}

export type List = AndOr[]
