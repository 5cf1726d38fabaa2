'use client'

import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { VIEW_PARAMS } from '../../lib/fleet/view-state.ts'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import type { FleetIndex } from '../../lib/live/live-state.ts'
import { ActHost } from '../act/act-host.tsx'
import { PhaseChip } from './phase-chip.tsx'

function vmAt({ vms }: FleetIndex, { namespace, name }: VmPath): Vm | undefined {
  return [...vms.values()].find((vm) => vm.name === name && vm.namespace === namespace)
}

const hrefOf = (path: VmPath) =>
  `/?${new URLSearchParams({ [VIEW_PARAMS.vm.param]: VIEW_PARAMS.vm.print(path) })}`

/** A page about one VM: which one and how it is, the page's own tools, and what the page is for. */
export function VmPage({
  path,
  title,
  tools,
  children,
}: {
  path: VmPath
  /** What of the VM the page shows. */
  title: string
  tools?: ReactNode
  children: (vm: Vm) => ReactNode
}) {
  const index = useFleetIndex()
  const vm = vmAt(index, path)
  return (
    <ActHost>
      <div className="flex h-full min-h-0 flex-col px-[22px] pt-3.5 max-tablet:px-3.5">
        <header className="flex flex-wrap items-center gap-x-3 gap-y-2 pb-3">
          <a
            href={hrefOf(path)}
            aria-label={`Back to ${path.name} in the fleet`}
            data-tip="Back to the VM in the fleet"
            className="-ml-1.5 grid size-8 shrink-0 place-items-center rounded-lg text-muted hover:bg-hover hover:text-text max-tablet:size-11"
          >
            <ArrowLeft aria-hidden size={16} strokeWidth={1.75} />
          </a>
          <div className="min-w-0 flex-1 basis-48">
            <p className="truncate text-xs text-muted">
              {title} · <bdi>{path.namespace}</bdi>
            </p>
            <h1 className="truncate text-lg leading-tight font-bold">
              <bdi data-tip-cut>{path.name}</bdi>
            </h1>
          </div>
          {vm !== undefined && <PhaseChip phase={vm.phase} since={vm.phaseSince} />}
          {tools}
        </header>
        {vm === undefined ? (
          <p className="text-sm text-muted" aria-busy={!index.loaded}>
            {index.loaded
              ? 'There is no VM of this name that you may see (any more). If one comes, it appears here.'
              : 'Waiting for the fleet…'}
          </p>
        ) : (
          children(vm)
        )}
      </div>
    </ActHost>
  )
}
