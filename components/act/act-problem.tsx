import { TriangleAlert } from 'lucide-react'
import { formatMoment } from '../../lib/fleet/duration.ts'
import type { Problem } from '../../lib/fleet/writes/answer.ts'
import { remedyOf } from './problem-words.ts'

/** Why a request was not done, in the server's words, and what to do; `lead` is said before. */
export function ActProblem({ problem, lead }: { problem: Partial<Problem>; lead?: string }) {
  const { title, detail, reason, field, causes = [], conflict } = problem
  const remedy = remedyOf(problem)
  return (
    <div role="alert" data-phase="failed" className="chip-problem flex gap-2 rounded-lg px-3 py-2 text-sm">
      <TriangleAlert aria-hidden size={14} strokeWidth={1.9} className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1 space-y-1 wrap-anywhere">
        {lead !== undefined && <p>{lead}</p>}
        <p className="font-bold">
          <bdi>{title ?? 'It was not done'}</bdi>
        </p>
        {detail !== undefined && (
          <p>
            <bdi>{detail}</bdi>
          </p>
        )}
        {conflict !== undefined && conflict.when !== '' && (
          <p>
            <bdi>{conflict.who || 'Somebody'}</bdi> {conflict.what} at {formatMoment(conflict.when)}
          </p>
        )}
        {causes.length > 1 && (
          <ul className="list-disc pl-4">
            {causes.map((cause) => (
              <li key={`${cause.field} ${cause.message}`}>
                <bdi>{cause.field === '' ? cause.message : `${cause.field}: ${cause.message}`}</bdi>
              </li>
            ))}
          </ul>
        )}
        {field !== undefined && causes.length <= 1 && (
          <p>
            Field: <bdi className="font-mono text-xs">{field}</bdi>
          </p>
        )}
        {remedy !== '' && <p>{remedy}</p>}
        {reason !== undefined && reason !== '' && (
          <p className="text-xs">
            Kubernetes calls it <bdi className="font-mono">{reason}</bdi>.
          </p>
        )}
      </div>
    </div>
  )
}
