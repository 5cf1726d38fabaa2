'use client'

import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ActionAnswer, ConflictingWrite, Problem } from '../../lib/fleet/writes/answer.ts'
import { termText } from '../../lib/fleet/search-edit.ts'
import { NotDone } from '../act/send-act.ts'
import { ActProblem } from '../act/act-problem.tsx'
import type { FieldProblem } from './document/field-problem.ts'
import { fieldText, valueAt } from './document/path.ts'
import { withField } from './document/set-text.ts'
import { sameJson } from './document/three-way.ts'
import { keepDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { EditorBar } from './editor-bar.tsx'
import { EditorPanes } from './editor-panes.tsx'
import type { Pane } from './editor-panes.tsx'
import type { FormState } from './form/form-context.ts'
import { SuggestionLists } from './form/suggestion-lists.tsx'
import { LackNotice } from './lack-notice.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { MergeNotice } from './merge-notice.tsx'
import { rebaseDraft } from './merge.ts'
import type { Rebased } from './merge.ts'
import { NewerNotice } from './newer-notice.tsx'
import { refusedFields } from './remedy.ts'
import type { Remedy } from './remedy.ts'
import { ReviewDialog } from './review-dialog.tsx'
import { fetchSet } from './set-query.ts'
import { useLack } from './use-lack.ts'
import { useLeaveGuard } from './use-leave-guard.ts'
import { useSetDraft } from './use-set-draft.ts'

const FIXED = new Map([
  ['metadata.name', 'It names VMs and snapshots, so it stays. Clone the set to have it under another name.'],
  ['metadata.namespace', 'A set stays in its namespace. Clone it to have it in another.'],
])
const FREE = new Map<string, string>()

const goToFirstWrong = () =>
  document.querySelector<HTMLElement>('[data-field=wrong] :is(input, select, button)')?.focus()

/** What a server refused counts as long as the value that it refused is there. */
interface Refusal {
  problems: readonly FieldProblem[]
  value: unknown
}

const stillRefused = ({ problems, value }: Refusal, now: unknown) =>
  problems.filter(({ path }) => sameJson(valueAt(value, path), valueAt(now, path)))

/** Creates or edits one set: a form and a text of the same document, a review, and one request. */
export function SetEditor({
  draftKey,
  start,
  title,
  note,
}: {
  /** Names the draft in this tab. */
  draftKey: string
  start: Draft
  title: string
  note?: string
}) {
  const router = useRouter()
  const draft = useSetDraft(draftKey, start)
  const { value, base, problems: found } = draft
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [revealed, setRevealed] = useState(false)
  const [pane, setPane] = useState<Pane>('form')
  const [reviewing, setReviewing] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>({ problems: [], value: null })
  const [merged, setMerged] = useState<{ rebased: Rebased; conflict: ConflictingWrite | undefined } | null>(
    null,
  )
  const [trouble, setTrouble] = useState<Partial<Problem> | null>(null)
  const guard = useLeaveGuard(draft.dirty && !reviewing)
  const creating = base === null
  const lack = useLack(value, base)

  const problems = useMemo(() => [...found, ...stillRefused(refusal, value)], [found, refusal, value])
  const errors = problems.filter(({ severity }) => severity === 'error')
  const byField = useMemo(() => {
    // The first is told, and an error before advice.
    const sorted = problems.toSorted(
      (a, b) => Number(b.severity === 'warning') - Number(a.severity === 'warning'),
    )
    return new Map(sorted.map((problem) => [fieldText(problem.path), problem] as const))
  }, [problems])
  const form: FormState = {
    readable: draft.readable,
    value,
    problems: byField,
    touched,
    revealed,
    fixed: creating ? FREE : FIXED,
    change: draft.change,
    touch: (path) => setTouched((before) => new Set(before).add(fieldText(path))),
  }

  const review = () => {
    if (draft.parsed.faults.length > 0) setPane('yaml')
    else if (errors.length === 0) setReviewing(true)
    else {
      flushSync(() => {
        setRevealed(true)
        setPane('form')
      })
      goToFirstWrong()
    }
  }
  const closeReview = (problem: Partial<Problem> | null) => {
    setReviewing(false)
    if (problem !== null) setRefusal({ problems: refusedFields(problem), value })
  }
  const takeNewer = async (conflict: ConflictingWrite | undefined) => {
    if (base === null) return
    setTrouble(null)
    try {
      const newer = await fetchSet(base.metadata.namespace, base.metadata.name)
      const rebased = rebaseDraft(draft.text, base, newer)
      if (rebased === null) return
      draft.rebase(rebased.draft, rebased.origin)
      setMerged({ rebased, conflict })
    } catch (error) {
      setTrouble(error instanceof NotDone ? error.problem : { title: String(error) })
    }
  }
  const onRemedy = ({ kind }: Remedy, { conflict }: Partial<Problem>) => {
    setReviewing(false)
    if (kind === 'rebase') void takeNewer(conflict)
    else draft.rebase({ text: draft.text, base: null }, { text: '', base: null })
  }
  const onDone = ({ object: { namespace, name } }: ActionAnswer) => {
    keepDraft(draftKey, null)
    router.push(
      `/?q=${encodeURIComponent(`${termText('ns', `=${namespace}`)} ${termText('set', `=${name}`)}`)}`,
    )
  }
  return (
    <div className="flex h-full min-h-0 flex-col gap-3 px-[22px] pt-3.5 max-tablet:px-3.5">
      <header className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
        <h1 className="text-lg font-bold">
          <bdi>{title}</bdi>
        </h1>
        {note !== undefined && <p className="text-sm text-muted">{note}</p>}
      </header>
      {draft.restored && (
        <output className="rounded-lg bg-accent-wash px-3 py-2 text-sm text-accent-ink">
          This is your draft from before, as this tab kept it. Discard the changes to begin anew.
        </output>
      )}
      {lack !== null && (
        <LackNotice
          lack={lack}
          creating={creating}
          onNamespace={(namespace) =>
            draft.change((text) => withField(text, ['metadata', 'namespace'], namespace))
          }
        />
      )}
      {base !== null && <NewerNotice base={base} onTake={() => void takeNewer(undefined)} />}
      {trouble !== null && <ActProblem problem={trouble} />}
      {merged !== null && (
        <MergeNotice
          {...merged}
          isMine={({ path, mine }) => sameJson(valueAt(value, path), mine)}
          onChoose={({ path }, chosen) => draft.change((text) => withField(text, path, chosen))}
          onClose={() => setMerged(null)}
        />
      )}
      <EditorPanes draft={draft} form={form} problems={problems} pane={pane} onPane={setPane} />
      <EditorBar
        draft={draft}
        errors={errors}
        creating={creating}
        lack={lack}
        onDiscard={draft.discard}
        onReview={review}
      />
      <SuggestionLists creating={creating} />
      {reviewing && (
        <ReviewDialog
          value={value}
          base={base}
          lack={lack}
          onClose={closeReview}
          onRemedy={onRemedy}
          onDone={onDone}
        />
      )}
      {guard.leaving !== null && <LeaveDialog kept={draft.kept} onStay={guard.stay} onLeave={guard.leave} />}
    </div>
  )
}
