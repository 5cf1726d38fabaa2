'use client'

import { ChevronRight } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Candidate } from '../../lib/fleet/bulk/candidates.ts'
import type { SentenceGroup } from '../../lib/fleet/bulk/group-sentences.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { formatCount } from '../ui/format-count.ts'
import { PhaseChip } from '../vm/phase-chip.tsx'
import { MemberList } from './member-list.tsx'

/** The live phase of a VM that is named; of a set, nothing. */
function Now({ row: { kind, uid } }: Pick<Candidate, 'row'>) {
  const vm = useFleetIndex().vms.get(uid)
  if (kind === 'set' || vm === undefined) return null
  return <PhaseChip phase={vm.phase} since={vm.phaseSince} />
}

/** Who is meant: names, where they are, and how they are now. */
function Members({ label, members }: { label: string; members: readonly Candidate[] }) {
  return (
    <MemberList label={label} members={members} height={28} most={6} keyOf={({ row }) => row.uid}>
      {({ row }) => (
        <>
          <bdi className="min-w-0 truncate font-medium">{row.name}</bdi>
          <bdi className="min-w-0 truncate text-xs text-faint">{row.namespace}</bdi>
          <span className="ml-auto shrink-0">
            <Now row={row} />
          </span>
        </>
      )}
    </MemberList>
  )
}

/** One line that opens to the names behind it. */
export function Fold({
  count,
  children,
  members,
  label,
}: {
  count: number
  children: ReactNode
  members: readonly Candidate[]
  label: string
}) {
  const [open, setOpen] = useState(false)
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        className="flex w-full gap-2 rounded-md py-1 text-left hover:bg-hover max-tablet:py-2.5"
        onClick={() => setOpen(!open)}
      >
        <ChevronRight
          aria-hidden
          size={13}
          strokeWidth={1.9}
          className={`mt-[3px] shrink-0 text-faint transition-transform duration-150 ${open ? 'rotate-90' : ''}`}
        />
        <span className="min-w-[2ch] shrink-0 text-right font-medium tabular-nums">{formatCount(count)}</span>
        <span className="min-w-0 flex-1 wrap-anywhere">{children}</span>
      </button>
      {open && (
        <div className="mb-1 ml-[21px] rounded-lg border border-line px-2.5 py-0.5">
          <Members label={label} members={members} />
        </div>
      )}
    </div>
  )
}

/** What is said of the rows of a plan: each sentence once, with how many it is true of and, opened, which. */
export function SentenceGroups({
  title,
  groups,
  tone,
  Icon,
}: {
  title: string
  groups: readonly SentenceGroup[]
  tone: VmPhase
  Icon: LucideIcon
}) {
  if (groups.length === 0) return null
  return (
    <section aria-label={title} data-phase={tone} className="space-y-0.5">
      <h3 className="flex items-center gap-2 text-xs font-medium text-phase-ink">
        <Icon aria-hidden size={13} strokeWidth={1.9} className="shrink-0" />
        {title}
      </h3>
      {groups.map(({ sentence, members }) => (
        <Fold key={sentence} count={members.length} members={members} label={sentence}>
          <bdi>{sentence}</bdi>
        </Fold>
      ))}
    </section>
  )
}
