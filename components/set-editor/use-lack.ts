'use client'

import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import { lackToCreate, lackToEdit } from '../../lib/fleet/can/needs.ts'
import { useRights } from '../act/rights/use-rights.ts'
import { useSettled } from '../act/rights/use-settled.ts'
import type { SetBase } from './document/set-base.ts'

/** Which right is missing to write the document where it says, as a sentence; null when none is, or nobody knows. */
export function useLack(value: CocoonSet, base: SetBase | null): string | null {
  const written: unknown = base === null ? value.metadata?.namespace : base.metadata.namespace
  const namespace = typeof written === 'string' ? written : ''
  const settled = useSettled(namespace)
  const { rights } = useRights(settled)
  // Of what is still being typed nothing is said.
  if (settled !== namespace) return null
  return base === null ? lackToCreate(rights) : lackToEdit(base.metadata, rights)
}
