'use client'

import { LoaderCircle } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { useId } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'

const ITEM =
  'flex w-full gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-hover aria-disabled:cursor-default aria-disabled:text-faint max-tablet:py-2.5'

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at <= 0 ? count : at) - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Arrow keys go through the items; what is around the menu has no use for its keys. */
function onKeyDown(event: KeyboardEvent<HTMLElement>) {
  event.stopPropagation()
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button,a')]
  const step = Object.hasOwn(STEPS, event.key) ? STEPS[event.key] : undefined
  if (step === undefined || items.length === 0) return
  event.preventDefault()
  items[step(items.indexOf(document.activeElement as HTMLElement), items.length)]?.focus()
}

const focusFirst = (list: HTMLElement | null) => list?.querySelector<HTMLElement>('button,a')?.focus()

/** The items of a menu; the first one takes the focus when it opens. */
export function MenuList({ children }: { children: ReactNode }) {
  return (
    <ul
      ref={focusFirst}
      {...{ onKeyDown }}
      className="-mx-2 w-[346px] max-w-[calc(100%+16px)] whitespace-normal"
    >
      {children}
    </ul>
  )
}

/** What is between two kinds of items. */
export function MenuLine() {
  return <li aria-hidden className="mx-2 my-1 border-t border-line" />
}

/** One action; where it is not allowed the reason stands below it. */
export function MenuItem({
  Icon,
  label,
  verdict,
  waiting = false,
  asks = true,
  onAct,
}: {
  Icon: LucideIcon
  label: string
  verdict: Verdict
  /** The reason is that somebody is being asked. */
  waiting?: boolean
  /** A dialog follows before anything is done. */
  asks?: boolean
  onAct: () => void
}) {
  const id = useId()
  const Sign = waiting ? LoaderCircle : Icon
  return (
    <li>
      <button
        type="button"
        aria-disabled={!verdict.ok}
        aria-labelledby={`${id}-name`}
        aria-describedby={verdict.ok ? undefined : id}
        className={ITEM}
        onClick={() => {
          if (verdict.ok) onAct()
        }}
      >
        <Sign aria-hidden size={14} strokeWidth={1.75} className="mt-[2.5px] shrink-0" />
        <span className="min-w-0">
          <span id={`${id}-name`}>{asks ? `${label}…` : label}</span>
          {!verdict.ok && (
            <span id={id} className="block text-xs leading-snug text-faint">
              <bdi>{verdict.reason}</bdi>
            </span>
          )}
        </span>
      </button>
    </li>
  )
}

/** The verdict on what only leads to a page that judges for itself. */
export const ALWAYS: Verdict = { ok: true, warnings: [], notes: [] }

/** What is done on a page of its own; without the right moment for it the reason stands below it. */
export function MenuLink({
  Icon,
  label,
  href,
  verdict,
}: {
  Icon: LucideIcon
  label: string
  href: string
  verdict: Verdict
}) {
  if (!verdict.ok) return <MenuItem {...{ Icon, label, verdict }} asks={false} onAct={() => undefined} />
  return (
    <li>
      <Link href={href} prefetch={false} className={ITEM}>
        <Icon aria-hidden size={14} strokeWidth={1.75} className="mt-[2.5px] shrink-0" />
        {label}
      </Link>
    </li>
  )
}
