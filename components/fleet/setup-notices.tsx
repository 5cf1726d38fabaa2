'use client'

import { Lock, PackageOpen, Shell } from 'lucide-react'
import type { Connection } from '../../lib/live/live-state.ts'
import { ForbiddenHelp, MissingHelp, NoSightHelp } from '../shell/resource-help.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Notice } from '../ui/notice.tsx'

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

/** Nobody lets the dashboard, or whoever looks, list VMs. */
export function Forbidden({ connection }: { connection: Connection }) {
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

/** The cluster does not know Cocoon. */
export function Missing() {
  return (
    <Notice Icon={PackageOpen} title="Cocoon is not installed in this cluster">
      <MissingHelp name="cocoonsets" />
    </Notice>
  )
}

/** The cluster has no VM, and how it gets one. */
export function Empty() {
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
