import { csvCell } from '../csv-cell.ts'
import type { BulkRun, Outcome, OutcomeState } from './run.ts'
import { OUTCOME_STATES, tallyOf } from './run.ts'
import { BULK_WORDS, countWords, taskWords, thousands } from './words.ts'

/** One word or two for how it stands with a target. */
export const STATE_WORDS: Record<OutcomeState, string> = {
  waiting: 'waiting',
  started: 'asking',
  done: 'accepted',
  refused: 'refused',
  unknown: 'unknown',
  stopped: 'not begun',
  skipped: 'skipped',
}

/** Why a target was not done, in the words of the cluster, of the server, or of the rules; '' where all is well. */
export function whyNot({ problem, words }: Outcome): string {
  return problem?.detail ?? problem?.title ?? words
}

/** "9 accepted, 2 refused, 3 skipped": all that there are, what went wrong first after what went well. */
export function summaryWords(run: BulkRun): string {
  const tally = tallyOf(run)
  const ORDER: readonly OutcomeState[] = ['done', ...OUTCOME_STATES.filter((state) => state !== 'done')]
  const parts = ORDER.filter((state) => tally[state] > 0).map(
    (state) => `${thousands.format(tally[state])} ${STATE_WORDS[state]}`,
  )
  return parts.join(', ')
}

/** How many of a run are asked for at all: all but the skipped ones. */
export const askedCount = ({ outcomes }: BulkRun): number =>
  outcomes.filter(({ state }) => state !== 'skipped').length

/** "Hibernate 14 VMs". */
export const runTitle = (run: BulkRun): string => taskWords(run.action, askedCount(run))

/** The result as lines to paste somewhere. */
export function reportText(run: BulkRun): string {
  const head = `${runTitle(run)} (${new Date(run.startedAt).toISOString()}): ${summaryWords(run)}`
  const lines = run.outcomes.map((outcome) => {
    const { namespace, name } = outcome.row
    const why = whyNot(outcome)
    return `${STATE_WORDS[outcome.state]}\t${namespace}/${name}${why === '' ? '' : `\t${why.replaceAll(/\s+/g, ' ')}`}`
  })
  return [head, ...lines].join('\n')
}

const COLUMNS = ['namespace', 'name', 'uid', 'action', 'result', 'code', 'why'] as const

/** The result as CSV (RFC 4180), one line for each target. */
export function reportCsv(run: BulkRun): string {
  const rows = run.outcomes.map((outcome) => {
    const { row, state, problem } = outcome
    return [row.namespace, row.name, row.uid, run.action, state, problem?.code ?? '', whyNot(outcome)]
  })
  return [COLUMNS, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

/** "Hibernating 14 VMs", while it runs. */
export const doingWords = (run: BulkRun): string =>
  `${BULK_WORDS[run.action].doing} ${countWords(run.action, askedCount(run))}`
