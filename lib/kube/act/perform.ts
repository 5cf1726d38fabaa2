import type { ActionAnswer } from '../../fleet/writes/answer.ts'
import type { Allowed } from '../../fleet/can/verdict.ts'
import type { PlannedWrite } from '../../fleet/writes/planned-write.ts'
import { pause } from '../abort.ts'
import { Refused } from '../problem.ts'
import type { Refusal } from '../refusal.ts'
import { actionAnswer } from './action-answer.ts'
import type { Called } from './api-call.ts'
import type { Attempt, Tell } from './attempt.ts'
import type { Acting, Deed, KubeJson, Target } from './deed.ts'
import { managerOf } from './last-writer.ts'
import { uidOf, versionOf } from './object-metadata.ts'
import { readTarget } from './read-live.ts'
import { noAnswer, refusalProblem } from './refusal-problem.ts'
import { changedMeanwhile, notPossible, unknownOutcome } from './refuse.ts'
import { sendWrite } from './send-write.ts'
import { settle } from './settle.ts'
import { untilSeen } from './until-seen.ts'

/** What was found, what may be done, and what would be written. */
interface Chosen<Look> {
  look: Look
  verdict: Allowed
  write: PlannedWrite
  basis: KubeJson | null
}

const NEVER = new AbortController().signal
/** How long a write is tried anew while others write to the same object. */
const PATIENCE_MS = 15_000
const LONGEST_PAUSE_MS = 100

async function choose<Look>(acting: Acting, deed: Deed<Look>): Promise<Chosen<Look>> {
  const look = await deed.look(acting)
  const basis = deed.basis(look)
  const verdict = deed.judge(look)
  if (!verdict.ok) throw notPossible(acting, deed, look, verdict.reason)
  return { look, verdict, basis, write: deed.plan(look) }
}

/** Refused because the object is not what the write rests on: then there is something new to look at. */
function isStale(
  { mayExist }: { mayExist?: true },
  { method }: PlannedWrite,
  { status, reason, causes }: Refusal,
): boolean {
  if (method === 'POST') return reason === 'AlreadyExists' && mayExist === true
  if (status === 404 || status === 409) return true
  // A test that fails has no causes, unlike a value that the schema refuses.
  return method === 'PATCH' && status === 422 && causes.length === 0
}

const isGone = (error: unknown): error is Refused =>
  error instanceof Refused && ['deleted', 'recreated', 'not-found'].includes(error.problem.code)

/** Takes back a write that met a namesake of its target (contract 5 ties requests to VMs by the name alone). */
async function stillMeant<Look>(acting: Acting, deed: Deed<Look>, look: Look, written: KubeJson) {
  if (deed.undo === undefined || acting.dryRun) return
  const gone = await readTarget(acting, deed.target).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!isGone(gone)) return
  const back = await sendWrite(acting, deed.undo(look, written), managerOf('undo'))
  if (back.kind === 'ok' || (back.kind === 'refused' && back.refusal.status === 404)) throw gone
  const detail = `${gone.problem.detail} What was written for it could not be taken back: ask for the opposite.`
  throw new Refused({ ...gone.problem, status: 504, code: 'outcome-unknown', detail })
}

async function finish<Look>(
  acting: Acting,
  deed: Deed<Look>,
  { look, verdict, write, basis }: Chosen<Look>,
  { body, warnings }: Extract<Called, { kind: 'ok' }>,
): Promise<Tell> {
  await stillMeant(acting, deed, look, body)
  if (write.method === 'DELETE' && !acting.dryRun) {
    acting.service.deeds.add(deed.target.namespace, uidOf(basis), deed.action)
  }
  const before = { uid: uidOf(basis), version: versionOf(basis) }
  return async () => {
    const seen = !acting.dryRun && (await untilSeen(acting.service, write, before, versionOf(body)))
    return actionAnswer({ acting, deed, verdict, write, basis, body, warnings, seen })
  }
}

/** What the write did; null when the object is not what the write rests on any more. */
async function tryOnce<Look>(
  acting: Acting,
  deed: Deed<Look>,
  attempt: Attempt,
  chosen: Chosen<Look>,
): Promise<Tell | null> {
  const { write, basis } = chosen
  const manager = managerOf(attempt.id)
  const conclude = async (called: Called) => {
    if (called.kind === 'unanswered') throw unknownOutcome(deed, called.why)
    delete attempt.resume
    if (called.kind === 'ok') return finish(acting, deed, chosen, called)
    if (isStale(deed, write, called.refusal)) return null
    throw new Refused(refusalProblem(called.refusal, deed.failure))
  }
  const first = await sendWrite(acting, write, manager)
  if (first.kind !== 'unanswered') return conclude(first)
  if (acting.dryRun) throw noAnswer(deed.failure, first.why)
  const pending = { write, manager, since: versionOf(basis), uid: uidOf(basis) }
  attempt.resume = async () => conclude(await settle(acting, pending))
  return attempt.resume()
}

async function decideAndWrite<Look>(acting: Acting, deed: Deed<Look>, attempt: Attempt): Promise<Tell> {
  const resumed = await attempt.resume?.()
  if (resumed) return resumed
  const started = performance.now()
  let decided = deed.expected === undefined ? undefined : JSON.stringify(deed.expected)
  for (let turn = 0; ; turn += 1) {
    const chosen = await choose(acting, deed)
    const deciding = JSON.stringify(deed.decided?.(chosen.look) ?? null)
    if (decided !== undefined && decided !== deciding) {
      throw changedMeanwhile(acting, deed, chosen.look, 'Somebody else changed it in between.')
    }
    decided = deciding
    const tell = await tryOnce(acting, deed, attempt, chosen)
    if (tell !== null) return tell
    if (performance.now() - started > PATIENCE_MS) {
      throw changedMeanwhile(acting, deed, chosen.look, 'Others kept writing to it.')
    }
    await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, 2 ** turn), NEVER)
  }
}

/** A set and its VMs: what is done to one of them may forbid what is asked of another. */
function familyOf({ service }: Acting, { target }: { target: Target }): string {
  const { resource, namespace, name } = target
  const set = resource === 'cocoonsets' ? name : service.whole.vmNamed(namespace, name)?.set
  return `${namespace}/${set ?? name}`
}

/**
 * Does one deed: looks at the live objects, judges, writes with preconditions, and waits until the watch tells of
 * it (design 4). Deeds on one set follow each other, so that none is judged by what another is about to change.
 * Tries again only while the result stays what was asked for; `attempt` remembers what is not known yet, for the
 * next try of the same request.
 * @throws Refused with the problem, in every other case
 */
export async function perform<Look>(
  acting: Acting,
  deed: Deed<Look>,
  attempt: Attempt,
): Promise<ActionAnswer> {
  const work = () => decideAndWrite(acting, deed, attempt)
  const tell = acting.dryRun ? await work() : await acting.service.turns.take(familyOf(acting, deed), work)
  return tell()
}
