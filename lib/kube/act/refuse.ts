import type { ConflictingWrite } from '../../fleet/writes/answer.ts'
import { itemsOf } from '../../fleet/reader.ts'
import { Refused } from '../problem.ts'
import type { Acting, Deed, Witness } from './deed.ts'
import { lastWriter } from './last-writer.ts'
import { metadataOf, textOf, uidOf } from './object-metadata.ts'

const NOBODY: ConflictingWrite = { who: '', when: '', what: '' }

const nameOf = ({ object }: Witness) => {
  const { namespace, name } = metadataOf(object)
  return `${textOf(object?.kind)} ${textOf(namespace)}/${textOf(name)}`
}

function deletion(acting: Acting, witness: Witness): ConflictingWrite {
  const { namespace, deletionTimestamp, ownerReferences } = metadataOf(witness.object)
  if (typeof deletionTimestamp !== 'string') return NOBODY
  // What a set owns goes with it.
  const uids = [uidOf(witness.object), ...itemsOf(ownerReferences).map(({ uid }) => textOf(uid))]
  const deed = uids
    .map((uid) => acting.service.deeds.of(textOf(namespace), uid))
    .find((known) => known !== undefined)
  const what = `deleted ${nameOf(witness)}`
  return deed ? { who: deed.who, when: deed.when, what } : { who: '', when: deletionTimestamp, what }
}

function testimony(acting: Acting, witness: Witness): ConflictingWrite {
  const going = deletion(acting, witness)
  if (going.when !== '') return going
  return {
    ...lastWriter(witness.object, witness.field),
    what: `wrote ${witness.field.join('.')} of ${nameOf(witness)}`,
  }
}

/** The latest of all that the objects' records tell. */
function conflictOf(acting: Acting, witnesses: readonly Witness[]): ConflictingWrite {
  const told = witnesses.map((witness) => testimony(acting, witness)).filter(({ when }) => when !== '')
  return told.toSorted((a, b) => a.when.localeCompare(b.when)).at(-1) ?? NOBODY
}

const byWhom = ({ who, when, what }: ConflictingWrite) =>
  when === '' ? '' : ` ${who || 'Somebody'} ${what} at ${when}.`

/** Whoever wrote longer ago than this was in nobody's way: the page has shown it since. */
const JUST_NOW_MS = 60_000

/** The rules of the fleet forbid it now; where somebody was quicker just now, by whose doing. */
export function notPossible<Look>(acting: Acting, deed: Deed<Look>, look: Look, reason: string): Refused {
  const conflict = conflictOf(acting, deed.witnesses(look))
  const known = Date.now() - Date.parse(conflict.when) < JUST_NOW_MS ? { conflict } : {}
  return new Refused({ status: 409, code: 'not-possible', title: deed.failure, detail: reason, ...known })
}

/** Somebody else changed what the person decided about, which is the object that the write goes to. */
export function changedMeanwhile<Look>(acting: Acting, deed: Deed<Look>, look: Look, why: string): Refused {
  const written = deed.basis(look)
  const conflict = conflictOf(
    acting,
    deed.witnesses(look).filter(({ object }) => object === written),
  )
  return new Refused({
    status: 409,
    code: 'conflict',
    title: deed.failure,
    detail: `${why}${byWhom(conflict)} Nothing was written; look at it and decide anew.`,
    conflict,
  })
}

/** The one honest answer when the API server gave none. */
export const unknownOutcome = ({ failure }: { failure: string }, why: string): Refused =>
  new Refused({
    status: 504,
    code: 'outcome-unknown',
    title: `${failure}, or it was: nobody knows yet`,
    detail:
      `The API server did not answer in time (${why}), so the write may or may not be done. ` +
      'Send the request again with the same Idempotency-Key to find out, or look at the object.',
  })
