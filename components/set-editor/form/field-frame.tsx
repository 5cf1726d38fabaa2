'use client'

import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { capital } from '../../../lib/fleet/can/wording.ts'
import type { FieldProblem } from '../document/field-problem.ts'

/** What a control has to say of itself, for its `aria-*`. */
export interface ControlProps {
  id: string
  'aria-describedby': string
  'aria-invalid': boolean
}

/** What is wrong, or odd, at a field. */
function ProblemLine({ id, problem }: { id: string; problem: FieldProblem }) {
  const Icon = problem.severity === 'error' ? TriangleAlert : Info
  return (
    <p id={id} className="flex gap-1.5 text-xs text-phase-ink wrap-anywhere">
      <Icon aria-hidden size={13} strokeWidth={1.9} className="mt-0.5 shrink-0" />
      <bdi>{capital(problem.message)}</bdi>
    </p>
  )
}

/** A label, its control, what the field is for, and what is wrong with it. */
export function FieldFrame({
  id,
  label,
  hint,
  problem,
  wide = false,
  required = false,
  group = false,
  inline = false,
  children,
}: {
  id: string
  label: string
  hint: string
  problem: FieldProblem | undefined
  wide?: boolean
  required?: boolean
  /** Several controls under one name. */
  group?: boolean
  /** The label stands beside the control. */
  inline?: boolean
  children: (props: ControlProps) => ReactNode
}) {
  const hintId = `${id}-hint`
  const problemId = `${id}-problem`
  const Label = group ? 'span' : 'label'
  const described = problem === undefined ? hintId : `${problemId} ${hintId}`
  return (
    <div
      data-phase={problem?.severity === 'error' ? 'failed' : 'unreachable'}
      data-field={problem?.severity === 'error' ? 'wrong' : undefined}
      className={`min-w-0 space-y-1 ${wide ? 'col-span-full' : ''}`}
    >
      <div className={inline ? 'flex flex-row-reverse items-center justify-end gap-2' : 'space-y-1'}>
        <Label {...(group ? { id: `${id}-label` } : { htmlFor: id })} className="block text-xs font-medium">
          {label}
          {required && <span className="font-normal text-faint"> (required)</span>}
        </Label>
        {children({
          id,
          'aria-describedby': described,
          'aria-invalid': problem?.severity === 'error',
        })}
      </div>
      {problem !== undefined && <ProblemLine id={problemId} problem={problem} />}
      <p id={hintId} className="text-2xs leading-snug text-pretty text-faint">
        {hint}
      </p>
    </div>
  )
}
