import { CircleCheck, CircleQuestionMark, LoaderCircle } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { ActProblem } from './act-problem.tsx'
import { Remarks } from './act-remarks.tsx'
import type { Trial } from './use-trial.ts'

function Said({ Icon, children }: { Icon: LucideIcon; children: string }) {
  return (
    <p className="flex gap-2 text-muted">
      <Icon aria-hidden size={14} strokeWidth={1.9} className="mt-[3px] shrink-0" />
      <bdi>{children}</bdi>
    </p>
  )
}

/** What the cluster said of the request before the click; its refusal stands here, not after the click. */
export function ActTrial({ trial, known }: { trial: Trial; known: readonly string[] }) {
  if (trial.state === 'none') return null
  if (trial.state === 'refused') {
    return (
      <ActProblem
        problem={trial.problem}
        lead="The cluster would refuse this. Nothing was asked of it yet."
      />
    )
  }
  const warnings =
    trial.state === 'agreed' ? trial.answer.warnings.filter((text) => !known.includes(text)) : []
  return (
    <output className="block space-y-2">
      {trial.state === 'asking' && <Said Icon={LoaderCircle}>Trying it on the cluster, without effect…</Said>}
      {trial.state === 'agreed' && (
        <Said Icon={CircleCheck}>Tried on the cluster without effect: it would be accepted.</Said>
      )}
      {trial.state === 'untried' && (
        <Said Icon={CircleQuestionMark}>
          {`It could not be tried first: ${trial.problem.detail ?? trial.problem.title ?? 'no answer'} You can still ask for it.`}
        </Said>
      )}
      <Remarks lines={warnings.map((text) => `The cluster warns: ${text}`)} tone="unreachable" />
    </output>
  )
}
