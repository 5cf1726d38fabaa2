'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { NotDone } from '../act/send-act.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { textOfClone, textOfNew, textOfSet } from './document/set-base.ts'
import type { SetBase } from './document/set-base.ts'
import { EditorSkeleton } from './editor-skeleton.tsx'
import { SetEditor } from './set-editor.tsx'
import { setQuery } from './set-query.ts'
import { queryClient } from '../ui/query-client.ts'

/** What a page of the editor is about. */
export type Purpose =
  | { kind: 'new'; namespace: string }
  | { kind: 'clone'; namespace: string; name: string; into: string }
  | { kind: 'edit'; namespace: string; name: string }

function NotLoaded({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { title = 'The set could not be read', detail = error.message } =
    error instanceof NotDone ? error.problem : {}
  return (
    <div className="flex h-full">
      <Notice Icon={CircleAlert} title={title} actions={<Button onClick={onRetry}>Try again</Button>}>
        <p>
          <bdi>{detail}</bdi>
        </p>
      </Notice>
    </div>
  )
}

function Loaded({ purpose, base }: { purpose: Exclude<Purpose, { kind: 'new' }>; base: SetBase }) {
  const { namespace, name } = purpose
  if (purpose.kind === 'edit') {
    return (
      <SetEditor
        draftKey={`edit:${namespace}/${name}`}
        start={{ text: textOfSet(base), base }}
        title={`Edit ${name}`}
        note={`in ${namespace}`}
      />
    )
  }
  const into = purpose.into || namespace
  return (
    <SetEditor
      draftKey={`clone:${namespace}/${name}:${into}`}
      start={{ text: textOfClone(base, into), base: null }}
      title={`Clone ${name}`}
      note="A new set of the same specification. Memory and disks of its VMs are not copied."
    />
  )
}

function FromCluster({ purpose }: { purpose: Exclude<Purpose, { kind: 'new' }> }) {
  const { data, error, refetch } = useQuery(setQuery(purpose.namespace, purpose.name), queryClient())
  if (data !== undefined) return <Loaded purpose={purpose} base={data} />
  return error === null ? <EditorSkeleton /> : <NotLoaded error={error} onRetry={() => void refetch()} />
}

/** The editor on what it is about, once that is read from the cluster. */
export function SetLoader({ purpose }: { purpose: Purpose }) {
  if (purpose.kind !== 'new') return <FromCluster purpose={purpose} />
  const { namespace } = purpose
  return (
    <SetEditor
      draftKey={`new:${namespace}`}
      start={{ text: textOfNew(namespace), base: null }}
      title="New set"
      note="One main agent, sub-agents forked from it, and toolboxes."
    />
  )
}
