'use client'

import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef } from 'react'
import { useOwnOperations } from './own-store.ts'
import { OwnItem } from './own-item.tsx'

/** What runs and what ran lately: beside the page on a desktop, a sheet over it on a phone. */
export function ActivityDrawer({
  returnFocus,
  onClose,
}: {
  returnFocus: () => HTMLElement | null
  onClose: () => void
}) {
  const own = useOwnOperations()
  const close = useRef<HTMLButtonElement>(null)
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop forceRender className="dialog-backdrop" />
        <Dialog.Popup className="activity" initialFocus={close} finalFocus={returnFocus}>
          <header className="flex items-center gap-2 px-4 pt-3.5 pb-2">
            <Dialog.Title className="flex-1 text-lg leading-tight font-bold">Activity</Dialog.Title>
            <Dialog.Close
              ref={close}
              aria-label="Close"
              data-tip="Close (Escape)"
              className="-mr-1.5 grid size-8 shrink-0 place-items-center rounded-lg text-muted hover:bg-hover hover:text-text max-tablet:size-11"
            >
              <X aria-hidden size={16} strokeWidth={1.75} />
            </Dialog.Close>
          </header>
          <section aria-labelledby="activity-own" className="pb-4">
            <h3 id="activity-own" className="px-4 py-2 text-xs font-medium text-faint">
              Asked for in this tab
            </h3>
            {own.length === 0 ? (
              <p className="px-4 text-sm text-muted">Nothing yet.</p>
            ) : (
              <ul>
                {own.map((item) => (
                  <OwnItem key={item.id} own={item} onLeave={onClose} />
                ))}
              </ul>
            )}
          </section>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
