'use client'

import { useQuery } from '@tanstack/react-query'
import { FileX2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { can } from '../../lib/fleet/can/can.ts'
import { unlessLacking } from '../../lib/fleet/can/needs.ts'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { RightNotice } from '../act/rights/right-notice.tsx'
import { useLook } from '../act/rights/use-look.ts'
import { vmSubject } from '../act/subject-of.ts'
import { WakeButton } from '../act/wake-button.tsx'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/format-count.ts'
import { Notice } from '../ui/notice.tsx'
import { saveFile } from '../ui/save-file.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { Age } from '../vm/age.tsx'
import { VmPage } from '../vm/vm-page.tsx'
import { LogList } from './log-list.tsx'
import { logQuery } from './log-query.ts'
import type { LogRead } from './log-query.ts'
import { logRows, rowsWith } from './log-rows.ts'
import { LogTools } from './log-tools.tsx'
import { useLogView } from './log-view-state.ts'
import { queryClient } from '../ui/query-client.ts'

/** Every reading is a call to the node agent: not more often than people look. */
const READ_AGAIN_MS = 3_000

function keep(vm: Vm, { lines, open, asOf }: LogRead): void {
  const text = [...lines, ...(open === '' ? [] : [open])].join('\n')
  saveFile(`${vm.name}-${asOf.replaceAll(':', '-').slice(0, 19)}.log`, `${text}\n`, 'text/plain')
}

function Source({ read }: { read: LogRead }) {
  return (
    <p className="border-t border-line px-3.5 py-2 text-xs text-muted">
      {read.source}. Read <Age since={read.asOf} /> ago; only its end can be asked for, so that following
      means reading it again. {read.cut && 'It is longer than can be shown: this is the end. '}
      {read.dropped > 0 &&
        `The first ${formatCount(read.dropped)} lines read are no longer kept in this page.`}
    </p>
  )
}

function Log({ vm, gone }: { vm: Vm; gone: boolean }) {
  const [view, change] = useLogView()
  const client = queryClient()
  const index = useFleetIndex()
  const subject = vmSubject(index, vm)
  const { asking, lack } = useLook('logs', subject)
  const verdict = unlessLacking(lack, can.logs(subject, undefined))
  const readable = verdict.ok && !asking && !gone
  const { data, error, isFetching, refetch } = useQuery(
    {
      ...logQuery(client, vm, view.tail),
      enabled: readable,
      refetchInterval: view.follow ? READ_AGAIN_MS : false,
    },
    client,
  )
  const [step, setStep] = useState(0)
  const rows = useMemo(() => (data === undefined ? [] : logRows(data)), [data])
  const found = useMemo(() => rowsWith(rows, view.find), [rows, view.find])
  const place = found.length === 0 ? -1 : ((step % found.length) + found.length) % found.length
  const said = data === undefined || data.said === null ? null : `The node agent says: ${data.said}`
  const why = verdict.ok ? (error?.message ?? said) : verdict.reason
  // Over what was read of it the page itself says that it is gone.
  const reason = gone ? (rows.length > 0 ? null : 'Nothing of it was read before the VM was gone.') : why
  const failed = readable && error !== null
  return (
    <>
      <LogTools
        view={view}
        change={(next) => {
          if ('find' in next) setStep(0)
          change(next)
        }}
        found={{ count: found.length, place }}
        onStep={(by) => setStep(place + by)}
        reading={isFetching || !readable}
        onRead={() => void refetch()}
        onDownload={data === undefined || rows.length === 0 ? null : () => keep(vm, data)}
      />
      <div className="surface flex min-h-0 flex-1 flex-col overflow-hidden rounded-b-none border-b-0 max-tablet:-mx-3.5 max-tablet:rounded-none max-tablet:border-x-0">
        {reason !== null && rows.length > 0 && (
          <output
            data-phase="unreachable"
            className="block border-b border-line px-3.5 py-2 text-sm text-phase-ink"
          >
            <bdi>{reason}</bdi> Below is what was read before.
          </output>
        )}
        {rows.length > 0 && (
          <LogList
            rows={rows}
            find={view.find}
            wrap={view.wrap}
            current={found[place] ?? -1}
            label={`Log of ${vm.name}`}
          />
        )}
        {rows.length === 0 && lack !== null && <RightNotice title="You may not read its log" lack={lack} />}
        {rows.length === 0 && lack === null && reason !== null && (
          <Notice
            Icon={FileX2}
            title={failed ? 'The log could not be read' : 'There is no log to read'}
            actions={
              readable ? (
                <Button onClick={() => void refetch()}>Read again</Button>
              ) : (
                !gone && <WakeButton subject={subject} />
              )
            }
          >
            <p>
              <bdi>{reason}</bdi>
            </p>
            {vm.phase === 'hibernated' && !gone && (
              <p>Looking at it here has not woken it. Once it is awake, its log is read by itself.</p>
            )}
          </Notice>
        )}
        {rows.length === 0 && reason === null && data !== undefined && (
          <Notice Icon={FileX2} title="The log is empty">
            <p>The node agent answered, and there was no line in it.</p>
          </Notice>
        )}
        {data === undefined && reason === null && (
          <div aria-busy className="space-y-2.5 p-3.5">
            <Skeleton width="62%" />
            <Skeleton width="48%" />
            <Skeleton width="55%" />
          </div>
        )}
        {data !== undefined && <Source read={data} />}
      </div>
    </>
  )
}

/** The log of one VM, as far as there is one. */
export function LogPage({ path }: { path: VmPath }) {
  return (
    <VmPage path={path} title="Log">
      {(vm, gone) => <Log key={vm.uid} vm={vm} gone={gone} />}
    </VmPage>
  )
}
