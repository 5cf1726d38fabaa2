import type { AwkState, Value } from './awk-values.ts'

export type Expression = (state: AwkState) => Value | undefined
/** What a statement does to the flow; nothing is going on. */
export type Flow = 'next' | 'exit' | 'break' | 'continue' | undefined
export type Statement = (state: AwkState) => Promise<Flow>

/** Somewhere that a value can be put. */
export interface Place {
  get: Expression
  set: (state: AwkState, value: Value) => void
}

export interface Rule {
  when: 'BEGIN' | 'END' | 'record'
  from: Expression | undefined
  to: Expression | undefined
  inside: boolean
  run: Statement
}
