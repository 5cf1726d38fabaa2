'use client'

import { MonitorPlay } from 'lucide-react'
import { useState } from 'react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useNear } from '../act/rights/use-near.ts'
import { later } from '../ui/later.tsx'
import { PHONE } from '../ui/use-media.ts'
import { consoleHref } from './own-window.ts'
import { useDock } from './use-dock.ts'

const WatchLook = later(() => import('../act/rights/watch-look.tsx').then((module) => module.WatchLook))

const keepKey = (event: KeyboardEvent) => {
  // The row around it opens its panel by Enter.
  if (event.key === 'Enter') event.stopPropagation()
}

interface LinkProps {
  vm: Vm
  className: string
  label?: string
  tabIndex?: number
  /** The right that is missing to open it, as a sentence: it then says so and leads nowhere. */
  lack?: string | null
  feelers?: ReturnType<typeof useNear>['feelers']
  children: ReactNode
}

/** A plain click opens the console beside the list; a new tab, a copied link or a phone gets its page. */
export function DockLink({ vm, className, label, tabIndex, lack = null, feelers, children }: LinkProps) {
  const [, dock] = useDock()
  const path = { namespace: vm.namespace, name: vm.name }
  const onClick = (event: MouseEvent) => {
    event.stopPropagation()
    if (lack !== null) return event.preventDefault()
    const special = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    if (special || event.button !== 0 || matchMedia(PHONE).matches) return
    event.preventDefault()
    dock(path)
  }
  return (
    <a
      href={consoleHref(path)}
      aria-label={label}
      data-tip={lack ?? label}
      aria-disabled={lack !== null || undefined}
      tabIndex={tabIndex}
      className={className}
      {...{ onClick, onKeyDown: keepKey, ...feelers }}
    >
      {children}
    </a>
  )
}

/**
 * In the row of a VM with a screen. Tab reaches it from the active row only. Whether this person may is asked when
 * somebody comes near.
 */
export function ConsoleRowLink({ vm, active }: { vm: Vm; active: boolean }) {
  const { near, feelers } = useNear()
  const [lack, setLack] = useState<string | null>(null)
  if (vncPortOf(vm) === 0) return null
  return (
    <>
      <DockLink
        vm={vm}
        lack={lack}
        label={`Console of ${vm.name}`}
        tabIndex={active ? 0 : -1}
        feelers={feelers}
        className="row-console ml-auto grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-accent-ink aria-disabled:cursor-default aria-disabled:opacity-50 aria-disabled:hover:bg-transparent aria-disabled:hover:text-faint"
      >
        <MonitorPlay aria-hidden size={15} strokeWidth={1.75} />
      </DockLink>
      {near && <WatchLook vm={vm} look="console" onLack={setLack} />}
    </>
  )
}
