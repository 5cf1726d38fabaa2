'use client'

import { useSearchParams } from 'next/navigation'
import { termText } from '../../lib/fleet/search-edit.ts'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { ActHost } from '../act/act-host.tsx'
import { ViewLink } from '../shell/view-link.tsx'
import { Notice } from '../ui/notice.tsx'
import { Ghost } from 'lucide-react'
import { PhaseChip } from '../vm/phase-chip.tsx'
import { useReplaced } from '../vm/use-replaced.ts'
import { vmAt } from '../vm/vm-at.ts'
import { Console } from './console.tsx'
import { ConsoleFacts } from './console-facts.tsx'
import { openOwnWindow, OWN_WINDOW } from './own-window.ts'

const CRUMB = 'rounded-sm font-mono text-xs underline-offset-2 hover:text-text hover:underline'

function Head({ path, vm }: { path: VmPath; vm: Vm | undefined }) {
  return (
    <header className="flex min-h-12 flex-wrap items-center gap-x-2.5 gap-y-1 px-[22px] py-2 max-tablet:px-3.5">
      <h1 className="flex min-w-0 flex-wrap items-baseline gap-x-1.5 text-muted">
        <ViewLink search={termText('ns', path.namespace)} className={CRUMB}>
          <bdi>{path.namespace}</bdi>
        </ViewLink>
        <span aria-hidden>/</span>
        {vm !== undefined && vm.set !== null && (
          <>
            <ViewLink search={termText('set', `=${vm.set}`)} className={CRUMB}>
              <bdi>{vm.set}</bdi>
            </ViewLink>
            <span aria-hidden>/</span>
          </>
        )}
        <bdi className="text-lg leading-tight font-bold break-all text-text">{path.name}</bdi>
      </h1>
      {vm !== undefined && <PhaseChip phase={vm.phase} since={vm.phaseSince} />}
    </header>
  )
}

/** One VM's screen on a page of its own, or in a window of its own. */
export function ConsolePage({ path }: { path: VmPath }) {
  const index = useFleetIndex()
  const own = useSearchParams().has(OWN_WINDOW)
  const vm = vmAt(index, path)
  const replaced = useReplaced(path, vm?.uid ?? null)
  return (
    <ActHost>
      <div data-own-window={own || undefined} className="flex h-full min-h-0 flex-col">
        {!own && <Head path={path} vm={vm} />}
        {vm === undefined && index.loaded && (
          <Notice Icon={Ghost} title="There is no such VM">
            <p>
              In <bdi>{path.namespace}</bdi> there is no VM of the name <bdi>{path.name}</bdi> that you may
              see (any more). If one comes, its screen opens here.
            </p>
          </Notice>
        )}
        {vm !== undefined && (
          <div
            className={`flex min-h-0 flex-1 gap-4 ${own ? '' : 'px-[22px] pb-4 max-tablet:px-0 max-tablet:pb-0'}`}
          >
            <Console
              key={vm.uid}
              vm={vm}
              replaced={replaced}
              {...(own ? {} : { onOwnWindow: () => openOwnWindow(path) })}
              className={
                own
                  ? 'flex-1'
                  : 'flex-1 surface max-tablet:rounded-none max-tablet:border-x-0 max-tablet:border-b-0'
              }
            />
            {!own && <ConsoleFacts vm={vm} />}
          </div>
        )}
      </div>
    </ActHost>
  )
}
