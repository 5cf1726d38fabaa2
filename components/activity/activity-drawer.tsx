'use client'

import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef } from 'react'
import { ActivityLists } from './activity-lists.tsx'

/** What runs and what ran lately: beside the page on a desktop, a sheet over it on a phone. */
export function ActivityDrawer({
  returnFocus,
  onClose,
}: {
  returnFocus: () => HTMLElement | null
  onClose: () => void
}) {
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
          <ActivityLists onLeave={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
