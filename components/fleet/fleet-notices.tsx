'use client'

import { FilterX, Lock, PackageOpen, Shell, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Connection } from '../../lib/live/live-state.ts'
import { connectionTrouble } from '../shell/connection-words.ts'
import { ForbiddenHelp, MissingHelp, NoSightHelp } from '../shell/resource-help.tsx'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Notice } from '../ui/notice.tsx'
import type { FleetCondition } from './fleet-condition.ts'

const EXAMPLE = `kubectl apply -f - <<'EOF'
apiVersion: cocoonset.cocoonstack.io/v1
kind: CocoonSet
metadata:
  name: first
  namespace: default
spec:
  agent:
    image: REGISTRY/IMAGE:TAG
    mode: run
EOF`

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

function Forbidden({ connection }: NoticeProps) {
  if (connection.freshness?.pods.yours === true) {
    return (
      <Notice Icon={Lock} title="You may not list VMs in any namespace">
        <NoSightHelp />
      </Notice>
    )
  }
  return (
    <Notice Icon={Lock} title="No VM can be shown: a right is missing">
      <ForbiddenHelp name="pods" fresh={connection.freshness?.pods} />
    </Notice>
  )
}

function Missing() {
  return (
    <Notice Icon={PackageOpen} title="Cocoon is not installed in this cluster">
      <MissingHelp name="cocoonsets" />
    </Notice>
  )
}

function Empty() {
  return (
    <Notice Icon={Shell} title="No Cocoon VMs yet">
      <p>
        This page shows fleets of microVMs: each CocoonSet is one main agent VM, sub-agents forked from it,
        and toolboxes. The cluster has none. They appear here as soon as somebody makes one, for example with:
      </p>
      <CodeBlock name="example" code={EXAMPLE} />
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
  forbidden: Forbidden,
  missing: Missing,
  empty: Empty,
  'no-match': NoMatch,
}
