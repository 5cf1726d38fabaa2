'use client'

import { useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Asked before a page with unsaved changes is left by a link. */
export function LeaveDialog({
  kept,
  onStay,
  onLeave,
}: {
  /** The draft is kept for this tab. */
  kept: boolean
  onStay: () => void
  onLeave: () => void
}) {
  const stay = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      title="Leave with unsaved changes?"
      initialFocus={stay}
      returnFocus={() => null}
      onClose={onStay}
      footer={
        <>
          <Button ref={stay} onClick={onStay}>
            Stay
          </Button>
          <Button look="primary" onClick={onLeave}>
            Leave
          </Button>
        </>
      }
    >
      <p className="text-muted">
        {kept
          ? 'Nothing was written to the cluster. This tab keeps the draft: it is there again when you come back to this page.'
          : 'Nothing was written to the cluster, and this browser keeps no draft: what you wrote is lost.'}
      </p>
    </Dialog>
  )
}
