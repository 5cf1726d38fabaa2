'use client'

import { useEffect } from 'react'
import { countPhases, worstPhase } from '../../lib/fleet/summary.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { SPIRAL } from './mark.tsx'

/** Phases that are worth a dot on the tab. One colour each: a tab strip has no theme that we know of. */
const DOTS: Partial<Record<VmPhase, string>> = {
  failed: '#e5484d',
  unreachable: '#d98a1f',
  unknown: '#8f8d98',
}

function iconOf(dot: string | undefined): string {
  const mark = `<path d="${SPIRAL}" stroke="#6f66e0" stroke-width="2" stroke-linecap="round"/>`
  const circle = dot === undefined ? '' : `<circle cx="18.5" cy="18.5" r="5.5" fill="${dot}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none">${mark}${circle}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** Shows the worst phase of the fleet as a dot on the tab's icon. */
export function Favicon() {
  const index = useFleetIndex()
  const worst = worstPhase(countPhases(index.vms.values()))
  const dot = worst === null ? undefined : DOTS[worst]
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]')
    if (link !== null) link.href = iconOf(dot)
  }, [dot])
  return null
}
