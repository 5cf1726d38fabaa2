'use client'

import { SCREEN_WORDS } from '../../lib/fleet/console/screen.ts'
import { formatAge, formatMoment } from '../../lib/fleet/duration.ts'
import { useServerNow } from '../../lib/live/fleet-hooks.ts'
import type { ShownScreen } from './screen-feed.ts'

function Ago({ takenAt }: { takenAt: string }) {
  const now = useServerNow(1_000)
  return <>{now === 0 ? '' : `${formatAge(takenAt, now)} ago`}</>
}

/** How old a picture is, or why there is no newer one. */
export function ScreenAge({ shown, live }: { shown: ShownScreen; live: boolean }) {
  const { url, takenAt, trouble, detail, known } = shown
  if (live)
    return (
      <span className="screen-note" data-live="">
        live
      </span>
    )
  // Where there is no picture, there is room to say why at length.
  if (!known || url === null) return null
  const words = trouble === null ? null : SCREEN_WORDS[trouble]
  const exact = takenAt === '' ? '' : `Taken ${formatMoment(takenAt)}`
  const tip = [detail || (words?.detail ?? ''), exact].filter((line) => line !== '').join('\n')
  return (
    <span className="screen-note" data-tip={tip}>
      {words !== null && <span>{words.short}</span>}
      <time dateTime={takenAt} className="tabular-nums">
        {words === null ? null : 'last picture '}
        <Ago takenAt={takenAt} />
      </time>
    </span>
  )
}
