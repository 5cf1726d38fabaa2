'use client'

import { ScrollText, SquareTerminal } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { can } from '../../lib/fleet/can/can.ts'
import type { VmSubject } from '../../lib/fleet/can/subjects.ts'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { ALWAYS } from '../act/menu-list.tsx'
import { vmSubject } from '../act/subject-of.ts'
import { useVmRights } from '../act/rights/use-rights.ts'
import { buttonClasses } from '../ui/button.tsx'

interface Look {
  label: string
  Icon: LucideIcon
  /** The last part of the page's path. */
  page: string
  action: 'terminal' | 'logs'
  judge(subject: VmSubject): Verdict
}

const LOOKS: readonly Look[] = [
  {
    label: 'Terminal',
    Icon: SquareTerminal,
    page: 'terminal',
    action: 'terminal',
    judge: (subject) => can.terminal(subject, undefined),
  },
  {
    label: 'Log',
    Icon: ScrollText,
    page: 'logs',
    action: 'logs',
    judge: (subject) => can.logs(subject, undefined),
  },
]

const DENIED = 'cursor-default text-faint hover:bg-transparent hover:text-faint'

/** The ways to look into a VM: pages of their own. One that shows nothing now says why instead. */
export function VmLooks({ vm }: { vm: Vm }) {
  const subject = vmSubject(useFleetIndex(), vm)
  const [denied, setDenied] = useState<string | null>(null)
  const may = useVmRights(vm.namespace)
  const asleep = vm.phase === 'hibernated'
  // The page of one that sleeps offers to wake it.
  const verdictOf = ({ action, judge }: Look) => may(action, subject, asleep ? ALWAYS : judge(subject))
  const shown = LOOKS.find(({ label }) => label === denied)
  const refusal = shown && verdictOf(shown)
  return (
    <nav aria-label={`Look into ${vm.name}`} className="space-y-2 px-4 pb-3">
      <div className="-ml-2.5 flex flex-wrap gap-1">
        {LOOKS.map((look) => {
          const { label, Icon, page } = look
          const verdict = verdictOf(look)
          const content = (
            <>
              <Icon aria-hidden size={14} strokeWidth={1.75} />
              {label}
            </>
          )
          return verdict.ok ? (
            <a
              key={label}
              href={`/vms/${vm.namespace}/${vm.name}/${page}`}
              className={buttonClasses('quiet')}
            >
              {content}
            </a>
          ) : (
            <button
              key={label}
              type="button"
              aria-disabled
              data-tip={verdict.reason}
              className={buttonClasses('quiet', DENIED)}
              onClick={() => setDenied(label)}
            >
              {content}
            </button>
          )
        })}
      </div>
      <output className="block text-xs text-muted empty:hidden">
        {refusal?.ok === false && <bdi>{refusal.reason}</bdi>}
      </output>
    </nav>
  )
}
