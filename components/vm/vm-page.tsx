'use client'

import { ArrowLeft, Ghost } from 'lucide-react'
import type { ReactNode } from 'react'
import { VIEW_PARAMS } from '../../lib/fleet/view-state.ts'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { ActHost } from '../act/act-host.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { PhaseChip } from './phase-chip.tsx'
import { useHeldVm } from './use-held-vm.ts'
import { vmAt } from './vm-at.ts'

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
  /** `gone`: the fleet has the VM no longer, and what the page has of it is all there is. */
  children: (vm: Vm, gone: boolean) => ReactNode
}) {
  const index = useFleetIndex()
  const now = vmAt(index, path)
  const { vm, gone, openNext } = useHeldVm(path, now, index.loaded)
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
          {vm !== undefined && !gone && <PhaseChip phase={vm.phase} since={vm.phaseSince} />}
          {tools}
        </header>
        {gone && (
          <div className="surface mb-2.5 flex flex-wrap items-center gap-x-3 gap-y-2 px-3.5 py-2 text-sm">
            <output className="min-w-0 flex-1 basis-64">
              <bdi>{path.name}</bdi>{' '}
              {now === undefined
                ? 'is gone, or no longer yours to see. What was here of it stays until you leave this page.'
                : 'is another VM now: the one that was here is gone, and its successor has the same name.'}
            </output>
            {now !== undefined && <Button onClick={openNext}>Open the new one</Button>}
          </div>
        )}
        {vm === undefined && !index.loaded && (
          <p className="text-sm text-muted" aria-busy>
            Waiting for the fleet…
          </p>
        )}
        {vm === undefined && index.loaded && (
          <Notice Icon={Ghost} title="There is no such VM">
            <p>
              <bdi>{path.namespace}</bdi> has no VM of the name <bdi>{path.name}</bdi> that you may see (any
              more). If one comes, it appears here.
            </p>
          </Notice>
        )}
        {vm !== undefined && children(vm, gone)}
      </div>
    </ActHost>
  )
}
