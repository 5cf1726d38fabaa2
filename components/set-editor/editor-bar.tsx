'use client'

import { Button } from '../ui/button.tsx'
import { isMissing } from './document/field-problem.ts'
import type { FieldProblem } from './document/field-problem.ts'
import { fieldText } from './document/path.ts'
import type { SetDraft } from './use-set-draft.ts'

const inWords = ({ path, message }: FieldProblem) => `${fieldText(path)} ${message}`

/** How the document stands, in a sentence. */
function statusOf(
  { parsed, dirty, kept }: SetDraft,
  errors: readonly FieldProblem[],
  creating: boolean,
): string {
  const [fault] = parsed.faults
  if (fault !== undefined) return `Line ${fault.line} of the YAML: ${fault.message}`
  const missing = errors.filter(isMissing)
  const [wrong, ...others] = errors.filter((problem) => !isMissing(problem))
  if (wrong !== undefined) {
    return others.length === 0
      ? inWords(wrong)
      : `${others.length + 1} fields to mend, first: ${inWords(wrong)}`
  }
  if (missing.length > 0) return `Still needed: ${missing.map(({ path }) => fieldText(path)).join(', ')}`
  if (!dirty && !creating) return 'No changes'
  return kept
    ? 'The draft is kept in this tab, over reloads too.'
    : 'This browser keeps no drafts: do not reload.'
}

/** What is still to be done, and the way on. */
export function EditorBar({
  draft,
  errors,
  creating,
  lack,
  onDiscard,
  onReview,
}: {
  draft: SetDraft
  errors: readonly FieldProblem[]
  creating: boolean
  /** The right that is missing to write it, as a sentence; null when none is. */
  lack: string | null
  onDiscard: () => void
  onReview: () => void
}) {
  const wrong = draft.parsed.faults.length > 0 || errors.some((problem) => !isMissing(problem))
  const why = lack ?? (!draft.dirty && !creating ? 'Nothing has changed yet.' : null)
  return (
    <footer className="flex flex-wrap items-center gap-2.5 border-t border-line bg-ground py-2.5">
      <output
        data-phase="failed"
        className={`min-w-0 flex-1 text-sm wrap-anywhere max-tablet:basis-full ${wrong ? 'text-phase-ink' : 'text-muted'}`}
      >
        <bdi>{statusOf(draft, errors, creating)}</bdi>
      </output>
      {draft.dirty && <Button onClick={onDiscard}>Discard changes</Button>}
      <Button
        look="primary"
        data-review
        aria-disabled={why !== null}
        data-tip={why ?? undefined}
        className="aria-disabled:opacity-50 max-tablet:flex-1"
        onClick={() => {
          if (why === null) onReview()
        }}
      >
        {creating ? 'Review and create…' : 'Review and save…'}
      </Button>
    </footer>
  )
}
