'use client'

import { ClipboardList, FilterX, Lock, Unplug } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { NotRead } from '../vm/get-json.ts'

/** How long there is something to see: of the cluster's Events, not of the dashboard. */
export function Remembering() {
  return (
    <p className="py-2 text-xs text-faint">
      Made of the cluster’s Events, which most clusters forget after about an hour. The lasting record is the
      dashboard’s log: each line with <code className="font-mono">&quot;audit&quot;:true</code>. Whoever may
      create Events in a namespace could write one that looks like these.
    </p>
  )
}

/** While the first answer is awaited. */
export function AuditSkeleton() {
  return (
    <div aria-busy className="space-y-4 py-3">
      {[62, 48, 55, 41, 58].map((width) => (
        <div key={width} className="flex gap-6">
          <Skeleton width={52} />
          <Skeleton width={`${width}%`} />
        </div>
      ))}
    </div>
  )
}

/** The cluster remembers no deed at all. */
export function NothingYet() {
  return (
    <Notice Icon={ClipboardList} title="Nothing was done lately">
      <p>
        Whoever hibernates, wakes, forks, edits or deletes something, or opens a screen or a shell through the
        dashboard, is named here and in <code className="font-mono">kubectl describe</code> of the object.
      </p>
      <p>
        The cluster forgets Events after a while, most after an hour. The dashboard’s own log keeps all of it.
      </p>
    </Notice>
  )
}

/** There are deeds, and none that the filters want. */
export function NothingFits({ onClear }: { onClear: () => void }) {
  return (
    <Notice
      Icon={FilterX}
      title="Nothing fits these filters"
      actions={
        <Button look="primary" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      <p>Of what the cluster still remembers, nothing is of this kind.</p>
    </Notice>
  )
}

/** Why there is nothing to see, and what to do about it. */
export function NotReadable({ error, onRead }: { error: Error; onRead: () => void }) {
  const forbidden = error instanceof NotRead && (error.status === 403 || error.status === 401)
  return (
    <Notice
      Icon={forbidden ? Lock : Unplug}
      title={
        forbidden ? 'The audit trail cannot be shown: a right is missing' : 'The audit trail cannot be read'
      }
      actions={<Button onClick={onRead}>Read again</Button>}
    >
      <p>
        <bdi>{error.message}</bdi>
      </p>
      {forbidden && (
        <p>
          It needs <code className="font-mono">list</code> on <code className="font-mono">events</code>, in
          the namespaces that are to be seen.
        </p>
      )}
    </Notice>
  )
}
