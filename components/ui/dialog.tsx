'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'

/** A question over the page: in the middle of a desktop, a sheet from below on a phone. Escape closes it. */
export function Dialog({
  title,
  children,
  footer,
  initialFocus,
  returnFocus,
  onClose,
}: {
  title: string
  children: ReactNode
  /** The buttons, the one that does it last. */
  footer: ReactNode
  initialFocus?: RefObject<HTMLElement | null>
  returnFocus: () => HTMLElement | null
  onClose: () => void
}) {
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Base.Portal>
        <Base.Backdrop forceRender className="dialog-backdrop" />
        <Base.Popup
          className="dialog"
          finalFocus={returnFocus}
          {...(initialFocus === undefined ? {} : { initialFocus })}
        >
          <Base.Title className="px-5 pt-4 pb-1 text-[15px] leading-snug font-bold wrap-anywhere">
            <bdi>{title}</bdi>
          </Base.Title>
          <div className="min-h-0 flex-1 space-y-3 overflow-y-auto px-5 pt-1 pb-4 text-sm">{children}</div>
          <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
            {footer}
          </footer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
