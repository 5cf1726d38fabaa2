'use client'

import { useConnection } from '../../lib/live/fleet-hooks.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { Popover } from '../ui/popover.tsx'

/** The cluster that is shown. A demo cluster says that it is one, and how to see a real one. */
export function ClusterBadge() {
  const { cluster } = useConnection()
  if (cluster === null) return null
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 px-2.5">
      <bdi data-tip-cut className="truncate text-xs text-muted">
        {cluster.name}
      </bdi>
      {cluster.kind === 'demo' && (
        <Popover
          title="This cluster is simulated"
          align="start"
          tip="Simulated: no VM here is real. Click to see how to look at a real cluster."
          trigger="Demo cluster"
          triggerClass="rounded-[5px] bg-accent-wash px-1.5 py-px text-2xs font-medium text-accent-ink"
        >
          <div className="flex flex-col gap-2 text-sm text-muted">
            <p>
              No VM here is real. The cluster runs inside the dashboard and behaves like one with Cocoon
              installed, so that everything can be tried without consequences.
            </p>
            <p>To see a real cluster, start the dashboard with a kubeconfig:</p>
            <CodeBlock name="command" code="KUBECONFIG=~/.kube/config npm start" />
          </div>
        </Popover>
      )}
    </div>
  )
}
