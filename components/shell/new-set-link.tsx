'use client'

import { Plus } from 'lucide-react'
import { JudgedLink } from '../act/rights/judged-link.tsx'
import { buttonClasses } from '../ui/button.tsx'

/** The way to a new set; on a phone it is its sign alone. */
export function NewSetLink() {
  return (
    <JudgedLink
      right="create cocoonsets"
      href="/sets/new"
      aria-label="New set"
      className={buttonClasses(
        'primary',
        'aria-disabled:cursor-default aria-disabled:opacity-50 max-tablet:!h-8',
      )}
    >
      <Plus aria-hidden size={14} strokeWidth={1.9} />
      <span className="max-tablet:hidden">New set</span>
    </JudgedLink>
  )
}
