'use client'

import { Maximize2, X } from 'lucide-react'
import { useState } from 'react'
import type { CSSProperties } from 'react'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import { useVm } from '../../lib/live/fleet-hooks.ts'
import { buttonClasses, IconButton } from '../ui/button.tsx'
import { PhaseChip } from '../vm/phase-chip.tsx'
import { useReplaced } from '../vm/use-replaced.ts'
import { Console } from './console.tsx'
import { DockGrip } from './dock-grip.tsx'
import { storedWidth, storeWidth } from './dock-width.ts'
import { consoleHref, openOwnWindow } from './own-window.ts'

interface DockProps {
  path: VmPath
  /** Of the pod that has this name now; null when there is none. */
  uid: string | null
  onClose: () => void
}

/** A VM's console beside the list, which stays usable. */
export function ConsoleDock({ path, uid, onClose }: DockProps) {
  const vm = useVm(uid ?? '')
  const replaced = useReplaced(path, uid)
  const [width, setWidth] = useState(storedWidth)
  const resize = (next: number) => {
    setWidth(next)
    storeWidth(next)
  }
  return (
    <aside
      aria-label={`${path.name}, beside the list`}
      className="console-dock"
      style={{ '--dock': `${width}px` } as CSSProperties}
    >
      <DockGrip width={width} onWidth={resize} />
      <header className="flex items-center gap-2 py-2 pr-2 pl-4">
        <h2 className="min-w-0 truncate text-[15px] font-bold">
          <bdi data-tip-cut>{path.name}</bdi>
        </h2>
        {vm !== undefined && <PhaseChip phase={vm.phase} since={vm.phaseSince} />}
        <a
          href={consoleHref(path)}
          aria-label="Open its page"
          data-tip="Open its page"
          className={buttonClasses('quiet', 'ml-auto aspect-square !px-0')}
        >
          <Maximize2 aria-hidden size={14} strokeWidth={1.75} />
        </a>
        <IconButton label="Close the console" onClick={onClose}>
          <X aria-hidden size={16} strokeWidth={1.75} />
        </IconButton>
      </header>
      {vm === undefined ? (
        <p className="px-4 text-sm text-muted">
          There is no VM of this name that you may see (any more). If one comes, its screen opens here.
        </p>
      ) : (
        <Console
          key={vm.uid}
          vm={vm}
          replaced={replaced}
          onOwnWindow={() => openOwnWindow(path)}
          className="flex-1 border-t border-line"
        />
      )}
    </aside>
  )
}
