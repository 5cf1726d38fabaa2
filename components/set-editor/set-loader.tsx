'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { lackToRead } from '../../lib/fleet/can/needs.ts'
import { namespacesOf } from '../../lib/fleet/namespaces-of.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { RightNotice } from '../act/rights/right-notice.tsx'
import { useRights } from '../act/rights/use-rights.ts'
import { useSomewhere } from '../act/rights/use-somewhere.ts'
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
  /** '' for wherever this person may. */
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
  const { namespace, name } = purpose
  const { rights, asking } = useRights(namespace)
  const lack = lackToRead(purpose, rights)
  const { data, error, refetch } = useQuery(
    { ...setQuery(namespace, name), enabled: !asking && lack === null },
    queryClient(),
  )
  if (data !== undefined) return <Loaded purpose={purpose} base={data} />
  if (lack !== null) {
    return (
      <div className="flex h-full">
        <RightNotice title={`You may not read ${name}`} lack={lack} />
      </div>
    )
  }
  return error === null ? <EditorSkeleton /> : <NotLoaded error={error} onRetry={() => void refetch()} />
}

function NewSet({ namespace }: { namespace: string }) {
  return (
    <SetEditor
      key={namespace}
      draftKey={`new:${namespace}`}
      start={{ text: textOfNew(namespace), base: null }}
      title="New set"
      note="One main agent, sub-agents forked from it, and toolboxes."
    />
  )
}

const USUAL = 'default'

/** Begins where a set can be made, once that is known; where it can be nowhere, the editor says so. */
function Somewhere() {
  const { vms, sets, loaded } = useFleetIndex()
  const [begun, setBegun] = useState('')
  const others = loaded ? namespacesOf(vms.values(), sets.values()) : []
  const places = useSomewhere('create cocoonsets', [USUAL, ...others.filter((other) => other !== USUAL)])
  // Only once all is known that will be: the form does not move to another namespace below somebody's hands.
  const settled = places !== undefined && (loaded || places.held.length > 0)
  if (begun === '' && settled) setBegun(places.held[0] ?? places.open[0] ?? others[0] ?? USUAL)
  return begun === '' ? <EditorSkeleton /> : <NewSet namespace={begun} />
}

/** The editor on what it is about, once that is read from the cluster. */
export function SetLoader({ purpose }: { purpose: Purpose }) {
  if (purpose.kind !== 'new') return <FromCluster purpose={purpose} />
  return purpose.namespace === '' ? <Somewhere /> : <NewSet namespace={purpose.namespace} />
}
