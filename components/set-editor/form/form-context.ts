'use client'

import { createContext, use } from 'react'
import { isMissing } from '../document/field-problem.ts'
import type { FieldProblem } from '../document/field-problem.ts'
import { fieldText } from '../document/path.ts'
import type { Path } from '../document/path.ts'
import type { ParsedText } from '../document/set-text.ts'

/** What every field of the form needs. */
export interface FormState {
  readable: ParsedText
  value: unknown
  /** By the text of the field that they are about. */
  problems: ReadonlyMap<string, FieldProblem>
  /** Fields that somebody has been in: only there it is said that something is missing. */
  touched: ReadonlySet<string>
  /** All is said: somebody wants to go on. */
  revealed: boolean
  /** Fields that cannot change any more, and why. */
  fixed: ReadonlyMap<string, string>
  change: (edit: (text: string) => string) => void
  touch: (path: Path) => void
}

export const FormContext = createContext<FormState | null>(null)

/** @throws Error outside of a form */
export function useForm(): FormState {
  const form = use(FormContext)
  if (form === null) throw new Error('a field needs a form around it')
  return form
}

/** What is to be said of a field now. */
export function shownProblem(form: FormState, path: Path): FieldProblem | undefined {
  const name = fieldText(path)
  const problem = form.problems.get(name)
  if (problem && isMissing(problem) && !form.revealed && !form.touched.has(name)) return undefined
  return problem
}

/** Looks for controls, all alike. */
export const CONTROL =
  'h-8 w-full min-w-0 rounded-lg border border-line bg-panel px-2.5 text-sm text-text placeholder:text-faint hover:border-line-strong aria-invalid:border-phase disabled:bg-raised disabled:text-muted max-tablet:h-10 max-tablet:text-[16px]'
