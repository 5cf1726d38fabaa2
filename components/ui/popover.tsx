'use client'

import { useId } from 'react'
import type { ReactNode } from 'react'
import type { Align } from './place-popover.ts'
import { usePopover } from './use-popover.ts'

const dialog = (titleId: string) => ({ role: 'dialog', 'aria-labelledby': titleId }) as const

/** A button that opens a small surface with a title. A function as its child is told how to close it. */
export function Popover({
  title,
  titleHidden = false,
  trigger,
  triggerClass,
  triggerLabel,
  triggerTab,
  tip,
  align = 'end',
  children,
}: {
  title: string
  titleHidden?: boolean
  trigger: ReactNode
  triggerClass: string
  triggerLabel?: string
  /** The place of the button among the stops of Tab. */
  triggerTab?: number
  tip?: string
  align?: Align
  children: ReactNode | ((hide: () => void) => ReactNode)
}) {
  const popover = usePopover(align)
  const titleId = useId()
  return (
    <>
      <button
        type="button"
        {...popover.trigger}
        aria-haspopup="dialog"
        aria-label={triggerLabel}
        tabIndex={triggerTab}
        data-tip={tip}
        className={triggerClass}
      >
        {trigger}
      </button>
      <div
        {...popover.surface}
        {...dialog(titleId)}
        className="popup w-max max-w-[min(360px,calc(100vw-20px))] overflow-y-auto p-3.5 text-left text-sm font-normal text-text"
      >
        {popover.open && (
          <>
            <h2 id={titleId} className={titleHidden ? 'sr-only' : 'mb-1.5 text-sm font-bold'}>
              {title}
            </h2>
            {typeof children === 'function' ? children(popover.hide) : children}
          </>
        )}
      </div>
    </>
  )
}
