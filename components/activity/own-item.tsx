'use client'

import { Ban, Check, CircleQuestionMark, CircleSlash, LoaderCircle, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { Age } from '../vm/age.tsx'
import { Button } from '../ui/button.tsx'
import { ActivityRow } from './activity-row.tsx'
import type { OwnOperation, OwnState } from './own-operation.ts'
import { reopenerOf } from './own-store.ts'

const LOOKS: Record<OwnState, { word: string; Icon: LucideIcon; tone: VmPhase }> = {
  asking: { word: 'Asking', Icon: LoaderCircle, tone: 'creating' },
  accepted: { word: 'Accepted', Icon: Check, tone: 'ready' },
  partly: { word: 'Partly done', Icon: TriangleAlert, tone: 'unreachable' },
  refused: { word: 'Refused', Icon: Ban, tone: 'failed' },
  cancelled: { word: 'Cancelled', Icon: CircleSlash, tone: 'scheduling' },
  unknown: { word: 'Not known', Icon: CircleQuestionMark, tone: 'unreachable' },
}

/** Once it has ended its message counts what became of them. */
const progressWords = ({ progress, state }: OwnOperation) =>
  progress === null || state !== 'asking' ? '' : `${progress.done + progress.refused} of ${progress.total}`

/** One request of this tab, with its answer. */
export function OwnItem({ own, onLeave }: { own: OwnOperation; onLeave: () => void }) {
  const { word, Icon, tone } = LOOKS[own.state]
  const reopen = reopenerOf(own.id)
  return (
    <ActivityRow
      Icon={Icon}
      tone={tone}
      title={own.title}
      target={own.target}
      onLeave={onLeave}
      loud={own.state !== 'accepted' && own.state !== 'cancelled'}
      aside={<Age since={own.askedAt} ago />}
      facts={[word, progressWords(own)]}
      lines={[own.message, own.advice]}
    >
      {reopen !== undefined && (
        <Button
          onClick={() => {
            onLeave()
            reopen()
          }}
        >
          Show
        </Button>
      )}
    </ActivityRow>
  )
}
