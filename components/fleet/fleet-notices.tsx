'use client'

import { FilterX, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Connection } from '../../lib/live/live-state.ts'
import { connectionTrouble } from '../shell/connection-words.ts'
import { Button } from '../ui/button.tsx'
import { later } from '../ui/later.tsx'
import { Notice } from '../ui/notice.tsx'
import type { FleetCondition } from './fleet-condition.ts'
import { TableSkeleton } from './table-skeleton.tsx'

const load = () => import('./setup-notices.tsx')
const Forbidden = later(() => load().then((module) => module.Forbidden), TableSkeleton)
const Missing = later(() => load().then((module) => module.Missing), TableSkeleton)
const Empty = later(() => load().then((module) => module.Empty), TableSkeleton)

interface NoticeProps {
  connection: Connection
  search: string
  onClear: () => void
}

function Lost({ connection }: NoticeProps) {
  return (
    <Notice
      Icon={Unplug}
      title={
        connection.refusal === null
          ? 'The dashboard’s server cannot be reached'
          : 'The dashboard cannot show the fleet now'
      }
      actions={
        <Button look="primary" onClick={() => location.reload()}>
          Load the page again
        </Button>
      }
    >
      <p>{connectionTrouble(connection)}</p>
      <p>Nothing has been received since this page was opened. The cluster and its VMs are not affected.</p>
    </Notice>
  )
}

function NoMatch({ search, onClear }: NoticeProps) {
  return (
    <Notice
      Icon={FilterX}
      title="No VM matches"
      actions={
        <Button look="primary" onClick={onClear}>
          Clear the search
        </Button>
      }
    >
      <p>
        Nothing in the fleet fits <bdi className="tag whitespace-normal break-all">{search}</bdi>. VMs that
        come to fit it will appear by themselves.
      </p>
    </Notice>
  )
}

/** What is said instead of the table; the table itself and its skeleton are not notices. */
export const NOTICES: Record<
  Exclude<FleetCondition, 'shown' | 'loading'>,
  (props: NoticeProps) => ReactNode
> = {
  lost: Lost,
  forbidden: ({ connection }) => <Forbidden connection={connection} />,
  missing: () => <Missing />,
  empty: () => <Empty />,
  'no-match': NoMatch,
}
