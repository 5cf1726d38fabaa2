import type { BulkLine, Problem } from '../writes/answer.ts'
import { MOST_TARGETS } from './actions.ts'
import type { BulkAction, BulkArguments, BulkTarget } from './actions.ts'
import type { Candidate } from './candidates.ts'
import type { BulkPlan } from './plan.ts'

/**
 * - `waiting`: will be asked for; `started`: is being asked for.
 * - `done`: the cluster has taken the request; how far it is the fleet tells.
 * - `refused`: was not done, and `problem` says why.
 * - `unknown`: may have been done: asking again under the same key finds out, with one effect in all.
 * - `stopped`: was not begun; `skipped`: was never asked for.
 */
export const OUTCOME_STATES = [
  'waiting',
  'started',
  'done',
  'refused',
  'unknown',
  'stopped',
  'skipped',
] as const

export type OutcomeState = (typeof OUTCOME_STATES)[number]

/** One target of a run. */
export interface Outcome {
  target: BulkTarget
  row: Candidate['row']
  /** The Idempotency-Key under which it is asked for; another attempt at what was refused has another. */
  key: string
  state: OutcomeState
  problem: Partial<Problem> | null
  /** Why it was skipped, or what nobody knows; '' where the problem says it. */
  words: string
}

/** One bulk action on many targets, from its beginning to its end. */
export interface BulkRun {
  id: string
  action: BulkAction
  given: BulkArguments
  /** Epoch milliseconds, browser clock. */
  startedAt: number
  endedAt: number | null
  /** Somebody asked for it to stop, and it has not ended yet. */
  stopping: boolean
  outcomes: readonly Outcome[]
}

/** A run that is about to begin, under its first key. */
export function runOf(
  plan: Pick<BulkPlan, 'doable' | 'skipped'>,
  run: Pick<BulkRun, 'id' | 'action' | 'given' | 'startedAt'>,
): BulkRun {
  const { id: key } = run
  const asked = plan.doable.map(({ target, row }): Outcome => ({
    target,
    row,
    key,
    state: 'waiting',
    problem: null,
    words: '',
  }))
  const skipped = plan.skipped.flatMap(({ sentence, members }) =>
    members.map(({ target, row }): Outcome => ({
      target,
      row,
      key,
      state: 'skipped',
      problem: null,
      words: sentence,
    })),
  )
  return { ...run, endedAt: null, stopping: false, outcomes: [...asked, ...skipped] }
}

/** One request: places in the run's outcomes, all under one key. */
export interface Batch {
  key: string
  places: readonly number[]
}

/** Our server takes bodies of up to 256 KiB; this leaves room for what stands around the targets. */
const MOST_CHARACTERS = 200_000

/** What is waiting, as requests of at most 1,000 targets each, those of one key together. */
export function batchesOf({ outcomes }: Pick<BulkRun, 'outcomes'>): Batch[] {
  const batches: { key: string; places: number[]; characters: number }[] = []
  const open = new Map<string, (typeof batches)[number]>()
  for (const [place, { key, state, target }] of outcomes.entries()) {
    if (state !== 'waiting') continue
    const { length } = JSON.stringify(target)
    let batch = open.get(key)
    if (!batch || batch.places.length >= MOST_TARGETS || batch.characters + length > MOST_CHARACTERS) {
      batch = { key, places: [], characters: 0 }
      batches.push(batch)
      open.set(key, batch)
    }
    batch.places.push(place)
    batch.characters += length
  }
  return batches.map(({ key, places }) => ({ key, places }))
}

type Change = (outcome: Outcome) => Partial<Outcome>

function changed(run: BulkRun, places: Iterable<number>, change: Change): BulkRun {
  const outcomes = [...run.outcomes]
  for (const place of places) {
    const outcome = outcomes[place]
    if (outcome !== undefined) outcomes[place] = { ...outcome, ...change(outcome) }
  }
  return { ...run, outcomes }
}

const isOpen = ({ state }: Outcome) => state === 'waiting' || state === 'started'

/** What one line says of its target. */
function heardOf(line: Exclude<BulkLine, { state: 'finished' }>): Partial<Outcome> {
  if (line.state !== 'refused') return { state: line.state }
  const { problem } = line
  return { state: problem.code === 'outcome-unknown' ? 'unknown' : 'refused', problem }
}

/** The run after some lines of the answer to a batch. Whatever the answer ends without is stopped. */
export function heard(run: BulkRun, { places }: Batch, lines: readonly BulkLine[]): BulkRun {
  const outcomes = [...run.outcomes]
  for (const line of lines) {
    if (line.state === 'finished') {
      for (const place of places) {
        const outcome = outcomes[place]
        if (outcome && isOpen(outcome)) outcomes[place] = { ...outcome, state: 'stopped' }
      }
      continue
    }
    const place = places[line.index]
    const outcome = place === undefined ? undefined : outcomes[place]
    if (place !== undefined && outcome) outcomes[place] = { ...outcome, ...heardOf(line) }
  }
  return { ...run, outcomes }
}

const openPlaces = (run: BulkRun, places: Iterable<number>) =>
  [...places].filter((place) => {
    const outcome = run.outcomes[place]
    return outcome !== undefined && isOpen(outcome)
  })

/** The answer broke off: what it had not told the end of may have been done. */
export const cutOff = (run: BulkRun, { places }: Batch, why: string): BulkRun =>
  changed(run, openPlaces(run, places), () => ({ state: 'unknown', words: why }))

/** The whole request was refused, and nothing of it done. */
export const refusedWhole = (run: BulkRun, { places }: Batch, problem: Partial<Problem>): BulkRun =>
  changed(run, openPlaces(run, places), () => ({ state: 'refused', problem }))

/** The run is over: what is still waiting was not begun. */
export function ended(run: BulkRun, now: number): BulkRun {
  const left = openPlaces(run, run.outcomes.keys())
  return { ...changed(run, left, () => ({ state: 'stopped' })), stopping: false, endedAt: now }
}

/** What may be asked for once more. */
export type Again = 'failed' | 'stopped'

const NOBODY: ReadonlyMap<string, string> = new Map()

const IS_AGAIN: Record<Again, ReadonlySet<OutcomeState>> = {
  failed: new Set<OutcomeState>(['refused', 'unknown']),
  stopped: new Set<OutcomeState>(['stopped']),
}

/**
 * The run with the failed ones, or those that were not begun, waiting again. What was refused is a new attempt under
 * `newKey`; of what is unknown the same attempt goes on, so that it has one effect.
 * @param without the rows, by uid, that are left as they are
 */
export function retried(
  run: BulkRun,
  again: Again,
  newKey: string,
  without: ReadonlyMap<string, string> = NOBODY,
): BulkRun {
  const places = [...run.outcomes.keys()].filter((place) => {
    const outcome = run.outcomes[place]
    return outcome !== undefined && IS_AGAIN[again].has(outcome.state) && !without.has(outcome.row.uid)
  })
  const waiting = changed(run, places, ({ state, key }) => ({
    state: 'waiting',
    problem: null,
    words: '',
    key: state === 'refused' ? newKey : key,
  }))
  return { ...waiting, endedAt: null, stopping: false }
}

/** How many outcomes are in each state. */
export function tallyOf({ outcomes }: Pick<BulkRun, 'outcomes'>): Record<OutcomeState, number> {
  const tally = { waiting: 0, started: 0, done: 0, refused: 0, unknown: 0, stopped: 0, skipped: 0 }
  for (const { state } of outcomes) tally[state] += 1
  return tally
}
