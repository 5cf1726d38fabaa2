'use client'

import { useEffect, useState } from 'react'

/** A link that a click on the page leads to; null for what stays on it, or opens elsewhere. */
function leavingTo(event: MouseEvent): string | null {
  const special = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (special || !(link instanceof HTMLAnchorElement) || link.target === '_blank') return null
  const { pathname, search } = window.location
  const here = link.origin === window.location.origin && link.pathname === pathname && link.search === search
  return here ? null : link.href
}

/**
 * Asks before unsaved changes are left behind: a link is held until somebody decides, closing and reloading the page
 * are asked by the browser itself.
 */
export function useLeaveGuard(dirty: boolean) {
  const [leaving, setLeaving] = useState<string | null>(null)
  const [released, setReleased] = useState<string | null>(null)
  useEffect(() => {
    if (released !== null) window.location.assign(released)
    if (!dirty || released !== null) return undefined
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    const onClick = (event: MouseEvent) => {
      const to = leavingTo(event)
      if (to === null) return
      event.preventDefault()
      event.stopPropagation()
      setLeaving(to)
    }
    window.addEventListener('beforeunload', onUnload)
    document.addEventListener('click', onClick, true)
    return () => {
      window.removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onClick, true)
    }
  }, [dirty, released])
  return { leaving, stay: () => setLeaving(null), leave: () => setReleased(leaving) }
}
