'use client'

import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Arrangement } from '../../lib/fleet/arrange-types.ts'
import { SelectionContext, usePicking } from './selection-context.ts'
import { createSelectionStore } from './selection-store.ts'
import { later } from '../ui/later.tsx'

const BulkBar = later(() => import('./bulk-bar.tsx').then((module) => module.BulkBar))

/** Around the list whose rows can be chosen. */
export function BulkHost({ children }: { children: ReactNode }) {
  const [store] = useState(createSelectionStore)
  return <SelectionContext value={store}>{children}</SelectionContext>
}

/** Where the bar appears as soon as something is chosen; nothing is loaded for it before. */
export function BulkCorner({ arrangement }: { arrangement: Arrangement }) {
  return usePicking() ? <BulkBar arrangement={arrangement} /> : null
}
