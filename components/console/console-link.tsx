'use client'

import { MonitorPlay } from 'lucide-react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { PHONE } from '../ui/use-media.ts'
import { consoleHref } from './own-window.ts'
import { useDock } from './use-dock.ts'

const keepKey = (event: KeyboardEvent) => {
  // The row around it opens its panel by Enter.
  if (event.key === 'Enter') event.stopPropagation()
}

interface LinkProps {
  vm: Vm
  className: string
  label?: string
  tabIndex?: number
  children: ReactNode
}

/** A plain click opens the console beside the list; a new tab, a copied link or a phone gets its page. */
export function DockLink({ vm, className, label, tabIndex, children }: LinkProps) {
  const [, dock] = useDock()
  const path = { namespace: vm.namespace, name: vm.name }
  const onClick = (event: MouseEvent) => {
    event.stopPropagation()
    const special = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    if (special || event.button !== 0 || matchMedia(PHONE).matches) return
    event.preventDefault()
    dock(path)
  }
  return (
    <a
      href={consoleHref(path)}
      aria-label={label}
      data-tip={label}
      tabIndex={tabIndex}
      className={className}
      {...{ onClick, onKeyDown: keepKey }}
    >
      {children}
    </a>
  )
}

/** In the row of a VM with a screen. Tab reaches it from the active row only. */
export function ConsoleRowLink({ vm, active }: { vm: Vm; active: boolean }) {
  if (vncPortOf(vm) === 0) return null
  return (
    <DockLink
      vm={vm}
      label={`Console of ${vm.name}`}
      tabIndex={active ? 0 : -1}
      className="row-console ml-auto grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-accent-ink"
    >
      <MonitorPlay aria-hidden size={15} strokeWidth={1.75} />
    </DockLink>
  )
}
