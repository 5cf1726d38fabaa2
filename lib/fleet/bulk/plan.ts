import { compareTexts, naturalKey } from '../arrange-natural.ts'
import type { RightsIn } from '../can/rights.ts'
import type { Present } from '../selection/present.ts'
import type { Problem, ProblemCode } from '../writes/answer.ts'
import { kubectlCommand } from '../writes/kubectl-command.ts'
import type { BulkAction, BulkArguments } from './actions.ts'
import { CANDIDATES } from './candidates.ts'
import type { Candidate } from './candidates.ts'
import { groupSentences } from './group-sentences.ts'
import type { SentenceGroup } from './group-sentences.ts'
import type { Surroundings } from './surroundings.ts'

/** What a dry run said about one target, by the uid of the target. */
export type Trials = ReadonlyMap<string, { problem: Problem | null }>

/** What will happen to each of a selection, before anything does. */
export interface BulkPlan {
  /** Those that are asked for. */
  doable: readonly Candidate[]
  /** Those that the rules do not allow now or nobody without a right may, and those that the cluster refused, by reason. */
  skipped: readonly SentenceGroup[]
  /** What is lost by it. */
  losses: readonly SentenceGroup[]
  notes: readonly SentenceGroup[]
  /** Of those that are asked for: how many the cluster has tried without a refusal. */
  tried: number
}

/** These say nothing of the target: it is asked for all the same. */
const NO_ANSWER: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unavailable',
  'rate-limited',
  'outcome-unknown',
  'too-large',
])

const NO_TRIALS: Trials = new Map()

const refusedBy = (trials: Trials, { target }: Candidate): Problem | null => {
  const problem = trials.get(target.uid)?.problem ?? null
  return problem === null || NO_ANSWER.has(problem.code) ? null : problem
}

const placeKey = ({ row }: Candidate) => naturalKey(`${row.namespace}/${row.name}`)

function inOrder(candidates: Candidate[]): Candidate[] {
  const keyed = candidates.map((candidate) => ({ candidate, key: placeKey(candidate) }))
  return keyed.sort((a, b) => compareTexts(a.key, b.key)).map(({ candidate }) => candidate)
}

/**
 * The plan of one action on a selection, as the fleet is now, for whoever has these rights, and as far as the cluster
 * has tried it.
 */
export function bulkPlan(
  action: BulkAction,
  present: Present,
  surroundings: Surroundings,
  given: BulkArguments,
  rights: RightsIn,
  trials: Trials = NO_TRIALS,
): BulkPlan {
  const candidates = inOrder(CANDIDATES[action]({ present, surroundings, given, rights }))
  const doable: Candidate[] = []
  const skipped: { candidate: Candidate; sentence: string }[] = []
  const losses: typeof skipped = []
  const notes: typeof skipped = []
  let tried = 0
  for (const candidate of candidates) {
    const { verdict, target } = candidate
    const refusal = verdict.ok ? refusedBy(trials, candidate) : null
    if (!verdict.ok) skipped.push({ candidate, sentence: verdict.reason })
    else if (refusal !== null)
      skipped.push({ candidate, sentence: `The cluster refused to try it: ${refusal.detail}` })
    else {
      doable.push(candidate)
      if (trials.get(target.uid)?.problem === null) tried += 1
      for (const sentence of verdict.warnings) losses.push({ candidate, sentence })
      for (const sentence of verdict.notes) notes.push({ candidate, sentence })
    }
  }
  return {
    doable,
    skipped: groupSentences(skipped),
    losses: groupSentences(losses),
    notes: groupSentences(notes),
    tried,
  }
}

/** The commands with the same effect, one after the other, as a script for a shell. */
export function kubectlScript({ doable }: Pick<BulkPlan, 'doable'>, most = Infinity): string {
  const commands: string[] = []
  for (const candidate of doable) {
    if (commands.length >= most) break
    const write = candidate.write()
    if (write !== null) commands.push(kubectlCommand(write))
  }
  return commands.join('\n')
}
