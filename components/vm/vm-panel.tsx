'use client'

import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef, useState } from 'react'
import { kindOfPhase } from '../../lib/fleet/operations/kind-of-phase.ts'
import { termText } from '../../lib/fleet/search-edit.ts'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import { useVm } from '../../lib/live/fleet-hooks.ts'
import { ActHost } from '../act/act-host.tsx'
import { VmActBar } from '../act/vm-act-bar.tsx'
import { ViewLink } from '../shell/view-link.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { PHONE, useMedia } from '../ui/use-media.ts'
import { PhaseChip } from './phase-chip.tsx'
import { useReplaced } from './use-replaced.ts'
import { VmFacts } from './vm-facts.tsx'
import { VmLooks } from './vm-looks.tsx'
import { VmNotices } from './vm-notices.tsx'
import { VmOnDemand } from './vm-on-demand.tsx'

const CRUMB =
  'rounded-sm underline-offset-2 hover:text-text hover:underline max-tablet:inline-block max-tablet:min-w-6 max-tablet:py-1.5'

interface VmPanelProps {
  path: VmPath
  /** Of the pod that has this name now; null when there is none. */
  uid: string | null
  returnFocus: () => HTMLElement | null
  onClose: () => void
  onOpen: (path: VmPath) => void
}

/**
 * One VM beside the list, which stays usable; on a phone a sheet over it. It follows the live row; a VM that is
 * recreated under the same name is shown as the new one, and the panel says so.
 */
export function VmPanel({ path, uid, returnFocus, onClose, onOpen }: VmPanelProps) {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const close = useRef<HTMLButtonElement>(null)
  const phone = useMedia(PHONE)
  const vm = useVm(uid ?? '')
  const replaced = useReplaced(path, uid)
  return (
    <Dialog.Root
      open
      modal={phone}
      disablePointerDismissal
      onOpenChange={(open, { event }) => {
        // A dialog of the list has the Escape that was pressed in it for itself.
        const elsewhere = event.target instanceof Element && event.target.closest('.dialog') !== null
        if (!open && !elsewhere) onClose()
      }}
    >
      <div ref={setSlot} className="contents" />
      {slot !== null && (
        <Dialog.Portal container={slot} className="contents">
          <Dialog.Popup className="vm-panel" initialFocus={close} finalFocus={returnFocus}>
            <header className="px-4 pt-3.5 pb-3">
              <div className="flex items-start gap-2">
                <div className="min-w-0 flex-1">
                  <p className="truncate text-xs text-muted">
                    <ViewLink search={termText('ns', path.namespace)} className={CRUMB} onGo={onClose}>
                      <bdi>{path.namespace}</bdi>
                    </ViewLink>
                    {vm !== undefined && vm.set !== null && (
                      <>
                        {' / '}
                        <ViewLink search={termText('set', `=${vm.set}`)} className={CRUMB} onGo={onClose}>
                          <bdi>{vm.set}</bdi>
                        </ViewLink>
                      </>
                    )}
                  </p>
                  <Dialog.Title className="mt-0.5 text-lg leading-tight font-bold break-all">
                    <bdi>{path.name}</bdi>
                    <CopyButton
                      text={path.name}
                      name="name"
                      className="ml-1 !size-6 align-middle max-tablet:!size-8"
                    />
                  </Dialog.Title>
                </div>
                <Dialog.Close
                  ref={close}
                  aria-label="Close"
                  data-tip="Close (Escape)"
                  className="-mr-1.5 grid size-8 shrink-0 place-items-center rounded-lg text-muted hover:bg-hover hover:text-text max-tablet:size-11"
                >
                  <X aria-hidden size={16} strokeWidth={1.75} />
                </Dialog.Close>
              </div>
              {vm !== undefined && (
                <div className="mt-2">
                  <PhaseChip phase={vm.phase} since={vm.phaseSince} kind={kindOfPhase(vm)} />
                </div>
              )}
            </header>
            {vm === undefined ? (
              <p className="px-4 pb-4 text-sm text-muted">
                There is no VM of this name that you may see (any more). If one comes, it appears here.
              </p>
            ) : (
              <ActHost>
                <VmActBar key={vm.uid} vm={vm} />
                <VmLooks key={`${vm.uid} looks`} vm={vm} />
                <VmNotices vm={vm} replaced={replaced} />
                <VmFacts vm={vm} onOpen={onOpen} />
                <VmOnDemand vm={vm} />
              </ActHost>
            )}
          </Dialog.Popup>
        </Dialog.Portal>
      )}
    </Dialog.Root>
  )
}
