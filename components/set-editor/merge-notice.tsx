'use client'

import { formatMoment } from '../../lib/fleet/duration.ts'
import type { ConflictingWrite } from '../../lib/fleet/writes/answer.ts'
import { Button } from '../ui/button.tsx'
import { fieldText } from './document/path.ts'
import type { Clash } from './document/three-way.ts'
import type { Rebased } from './merge.ts'

const shownValue = (value: unknown) =>
  value === undefined ? 'not there' : typeof value === 'string' ? value : JSON.stringify(value)

/** One field that both changed: the draft has its own value until somebody chooses the other. */
function ClashRow({
  clash,
  isMine,
  onChoose,
}: {
  clash: Clash
  isMine: boolean
  onChoose: (value: unknown) => void
}) {
  const name = fieldText(clash.path)
  const sides = [
    { label: 'Yours', value: clash.mine, chosen: isMine },
    { label: 'Theirs', value: clash.theirs, chosen: !isMine },
  ]
  return (
    <li>
      <fieldset>
        <legend className="font-mono text-xs">{name}</legend>
        {sides.map(({ label, value, chosen }) => (
          <label key={label} className="flex items-baseline gap-2 py-0.5">
            <input
              type="radio"
              name={`clash ${name}`}
              checked={chosen}
              onChange={() => onChoose(value)}
              className="translate-y-0.5 accent-accent"
            />
            <span className="w-11 shrink-0 text-muted">{label}</span>
            <bdi className="min-w-0 font-mono text-xs wrap-anywhere">{shownValue(value)}</bdi>
          </label>
        ))}
      </fieldset>
    </li>
  )
}

/** What was brought in from the newer version of the set, and what has to be chosen. */
export function MergeNotice({
  rebased: { taken, clashes },
  conflict,
  isMine,
  onChoose,
  onClose,
}: {
  rebased: Rebased
  conflict: ConflictingWrite | undefined
  isMine: (clash: Clash) => boolean
  onChoose: (clash: Clash, value: unknown) => void
  onClose: () => void
}) {
  return (
    <section aria-label="Newer version" className="surface space-y-2 px-4 py-3 text-sm">
      <p className="font-bold">The newer version of the set is the basis now</p>
      <p className="text-muted">
        {conflict !== undefined && conflict.when !== '' && (
          <>
            <bdi>{conflict.who || 'Somebody'}</bdi> <bdi>{conflict.what}</bdi>
            {` at ${formatMoment(conflict.when)}. `}
          </>
        )}
        {taken.length > 0 && <bdi>{`Taken over: ${taken.join(', ')}. `}</bdi>}
        {taken.length === 0 && clashes.length === 0 && 'It differs in nothing that your edit has not. '}
        {clashes.length > 0 && 'Both changed these; yours stand until you choose:'}
      </p>
      {clashes.length > 0 && (
        <ul className="space-y-2">
          {clashes.map((clash) => (
            <ClashRow
              key={fieldText(clash.path)}
              clash={clash}
              isMine={isMine(clash)}
              onChoose={(value) => onChoose(clash, value)}
            />
          ))}
        </ul>
      )}
      <Button className="!h-7" onClick={onClose}>
        Fine
      </Button>
    </section>
  )
}
