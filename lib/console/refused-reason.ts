import type { CloseReason } from '../fleet/console/close-codes.ts'
import type { ProblemCode } from '../fleet/writes/answer.ts'
import type { Refused } from '../kube/problem.ts'

const REASONS: Partial<Record<ProblemCode, CloseReason>> = {
  'console-target-refused': 'target-refused',
  'not-found': 'vm-gone',
  deleted: 'vm-gone',
  recreated: 'vm-moved',
  'not-possible': 'hibernating',
  forbidden: 'rights-gone',
  unauthorized: 'rights-gone',
  'not-signed-in': 'rights-gone',
}

/** What the page of a console is told of a refusal that came after its ticket. */
export const refusedReason = ({ problem }: Refused): CloseReason => REASONS[problem.code] ?? 'cluster-silent'
