import type { Path } from './path.ts'

/** Something to be said of a field of the document. */
export interface FieldProblem {
  path: Path
  message: string
  /** `warning`: the cluster takes it, and it does something else than one may think. */
  severity: 'error' | 'warning'
}

/** Nothing is wrong yet: it is still to be filled in. */
export const isMissing = ({ message }: FieldProblem): boolean => message.startsWith('is required')
