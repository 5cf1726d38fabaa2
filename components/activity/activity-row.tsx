'use client'

import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { classNames } from '../ui/class-names.ts'
import type { OwnTarget } from './own-operation.ts'
import { TargetLink } from './target-link.tsx'

/** One entry of the drawer: what and of what, how it stands, and what to know about it. */
export function ActivityRow({
  Icon,
  tone,
  title,
  target,
  aside,
  loud,
  facts,
  lines,
  onLeave,
  children,
}: {
  Icon: LucideIcon
  tone: VmPhase
  title: string
  /** Where the title leads; null where there is no one place. */
  target: OwnTarget | null
  aside?: ReactNode
  /** The words take the tone, too: for what somebody should look at, or wait for. */
  loud: boolean
  /** In a word each; '' are left out. */
  facts: readonly string[]
  /** Sentences; '' are left out. */
  lines: readonly string[]
  onLeave: () => void
  children?: ReactNode
}) {
  return (
    <li data-phase={tone} className="flex gap-2.5 border-t border-line px-4 py-2.5">
      <Icon
        aria-hidden
        size={15}
        strokeWidth={1.9}
        // Links are taller for fingers, and the mark stands beside their words.
        className={classNames('mt-0.5 shrink-0 text-phase-ink', target !== null && 'max-tablet:mt-2')}
      />
      <div className="min-w-0 flex-1 space-y-0.5">
        <p className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 font-medium wrap-anywhere">
            {target === null ? (
              <bdi>{title}</bdi>
            ) : (
              <TargetLink target={target} title={title} onLeave={onLeave} />
            )}
          </span>
          <span className="shrink-0 text-xs text-faint tabular-nums">{aside}</span>
        </p>
        <p className={classNames('text-xs tabular-nums', loud ? 'text-phase-ink' : 'text-muted')}>
          <bdi>{facts.filter((fact) => fact !== '').join(' · ')}</bdi>
        </p>
        {lines
          .filter((line) => line !== '')
          .map((line) => (
            <p key={line} className="text-xs text-muted wrap-anywhere">
              <bdi>{line}</bdi>
            </p>
          ))}
        {children}
      </div>
    </li>
  )
}
