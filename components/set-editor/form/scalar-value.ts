import type { Control } from './layout.ts'

/** A value as it stands in a text field; '' for none, and for what is no single value. */
export function shownText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

const WHOLE = /^-?(0|[1-9]\d{0,14})$/

/**
 * What somebody typed, as the document has it: numbers where they are numbers. What is none stays text, so that
 * the schema can say what is wrong with it. Undefined for nothing.
 */
export function fromControl(control: Control, typed: string): unknown {
  const text = control === 'text' ? typed : typed.trim()
  if (text === '') return undefined
  return (control === 'number' || control === 'amount') && WHOLE.test(text) ? Number(text) : text
}
