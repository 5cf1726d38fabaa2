'use client'

import { useState } from 'react'
import type { VmPath } from '../../lib/fleet/view-state.ts'

/**
 * True once the pod of this name is another than the one that was looked at first: names are used again, and
 * whoever reads on must be told that this is no longer the same VM (promise A5).
 */
export function useReplaced({ namespace, name }: VmPath, uid: string | null): boolean {
  const key = `${namespace}/${name}`
  const [opened, setOpened] = useState({ key, uid })
  if (opened.key !== key || (opened.uid === null && uid !== null)) setOpened({ key, uid })
  return opened.key === key && opened.uid !== null && uid !== null && opened.uid !== uid
}
