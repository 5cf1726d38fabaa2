import type { BulkAction, BulkArguments } from '../../lib/fleet/bulk/actions.ts'
import { askedCount, runTitle, summaryWords } from '../../lib/fleet/bulk/report.ts'
import {
  batchesOf,
  cutOff,
  ended,
  heard,
  refusedWhole,
  retried,
  runOf,
  tallyOf,
} from '../../lib/fleet/bulk/run.ts'
import type { Again, Batch, BulkRun } from '../../lib/fleet/bulk/run.ts'
import type { BulkPlan } from '../../lib/fleet/bulk/plan.ts'
import { NotDone, newKey } from '../act/send-act.ts'
import { addOwn, finishOwn, updateOwn } from '../activity/own-store.ts'
import { sendBulk, stopBulk } from './bulk-request.ts'
import { changeRun, putRun, runNamed, showRun } from './runs-store.ts'

/** The entry of each run in the activity drawer, and how to hang up on the request that is under way. */
const entries = new Map<string, string>()
const underWay = new Map<string, { batch: Batch; hangUp: AbortController }>()

const TELL_EVERY_MS = 500

/** What the activity drawer says of a run. */
function tellDrawer(run: BulkRun): void {
  const entry = entries.get(run.id)
  if (entry === undefined) return
  const { done, refused, unknown, stopped } = tallyOf(run)
  const progress = { done, refused: refused + unknown, total: askedCount(run) }
  updateOwn(entry, { progress })
  if (run.endedAt === null) return
  const message = `${summaryWords(run)}.`
  const advice = refused + unknown > 0 ? 'Show it to see why, and to try those again.' : ''
  if (unknown > 0 && done === 0) finishOwn(entry, 'unknown', message, advice)
  else if (refused + unknown > 0) finishOwn(entry, done > 0 ? 'partly' : 'refused', message, advice)
  else finishOwn(entry, stopped > 0 ? 'cancelled' : 'accepted', message)
}

const because = (error: unknown) => (error instanceof Error ? error.message : String(error))

async function sendBatch(id: string, batch: Batch): Promise<boolean> {
  const run = runNamed(id)
  if (run === undefined) return false
  const { action, given, outcomes } = run
  const targets = batch.places.flatMap((place) => outcomes[place]?.target ?? [])
  const hangUp = new AbortController()
  underWay.set(id, { batch, hangUp })
  let toldAt = performance.now()
  try {
    await sendBulk({ action, given, targets, key: batch.key }, hangUp.signal, (lines) => {
      changeRun(id, (now) => heard(now, batch, lines))
      const now = runNamed(id)
      if (now === undefined || performance.now() - toldAt < TELL_EVERY_MS) return
      toldAt = performance.now()
      tellDrawer(now)
    })
    return true
  } catch (error) {
    if (error instanceof NotDone) changeRun(id, (now) => refusedWhole(now, batch, error.problem))
    else {
      const why = `Nobody knows whether it was done (${because(error)}). Trying again asks for the same once, not twice.`
      changeRun(id, (now) => cutOff(now, batch, why))
    }
    return false
  } finally {
    underWay.delete(id)
  }
}

/** Sends what is waiting, one request after the other; after one that was not answered to its end, no further. */
async function drive(id: string): Promise<void> {
  const run = runNamed(id)
  if (run === undefined) return
  for (const batch of batchesOf(run)) {
    if (runNamed(id)?.stopping === true || !(await sendBatch(id, batch))) break
  }
  changeRun(id, (now) => ended(now, Date.now()))
  const over = runNamed(id)
  if (over !== undefined) tellDrawer(over)
}

/** Begins what a plan says, and shows it. */
export function startRun(plan: BulkPlan, action: BulkAction, given: BulkArguments): void {
  const run = runOf(plan, { id: newKey(), action, given, startedAt: Date.now() })
  const { id } = run
  const progress = { done: 0, refused: 0, total: askedCount(run) }
  const reopen = () => showRun(id)
  entries.set(id, addOwn({ title: runTitle(run), target: null, progress, reopen }))
  putRun(run)
  showRun(id)
  void drive(id)
}

/** Begins nothing more of a run. Where the server cannot be told so, hanging up tells it. */
export async function stopRun(id: string): Promise<void> {
  changeRun(id, (run) => ({ ...run, stopping: true }))
  const request = underWay.get(id)
  if (request !== undefined && !(await stopBulk(request.batch.key))) request.hangUp.abort()
}

/** Asks once more for what failed, or for what was not begun; not for the rows `without`, by uid. */
export function retryRun(id: string, again: Again, without: ReadonlyMap<string, string>): void {
  const run = runNamed(id)
  if (run === undefined || run.endedAt === null) return
  putRun(retried(run, again, newKey(), without))
  const entry = entries.get(id)
  if (entry !== undefined) updateOwn(entry, { state: 'asking', endedAt: null, message: '', advice: '' })
  void drive(id)
}
