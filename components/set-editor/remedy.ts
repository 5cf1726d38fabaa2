import type { Problem } from '../../lib/fleet/writes/answer.ts'
import { parseField } from './document/path.ts'
import { ruleProblem } from './document/check.ts'
import type { FieldProblem } from './document/field-problem.ts'
import type { SetBase } from './document/set-base.ts'

/** What can be done with a draft whose set is not what it was. */
export interface Remedy {
  kind: 'rebase' | 'recreate'
  label: string
  words: string
}

const NEWER: Remedy = {
  kind: 'rebase',
  label: 'Bring in the newer version',
  words:
    'Nothing of your edit is lost: the newer version becomes its basis, and what both changed is shown to choose.',
}
const GONE: Remedy = {
  kind: 'recreate',
  label: 'Make it a new set',
  words:
    'Nothing of your edit is lost: it can be created as a new set, without the VMs that went with the old one.',
}

/** How to go on after a refusal that is about the set and not about the document; null for all others. */
export function remedyFor({ code }: Partial<Problem>, base: SetBase | null): Remedy | null {
  if (base === null) return null
  if (code === 'conflict' || code === 'recreated') return NEWER
  return code === 'deleted' || code === 'not-found' ? GONE : null
}

/** What a refusal says of single fields, to be told at them. */
export function refusedFields({ code, causes = [], field, detail = '' }: Partial<Problem>): FieldProblem[] {
  if (code === 'already-exists') {
    return [
      { path: ['metadata', 'name'], message: 'is taken by another set of this namespace', severity: 'error' },
    ]
  }
  if (causes.length > 0) return causes.filter((cause) => cause.field !== '').map(ruleProblem)
  return field === undefined ? [] : [{ path: parseField(field), message: detail, severity: 'error' }]
}
