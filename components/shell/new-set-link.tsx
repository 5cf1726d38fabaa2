import { Plus } from 'lucide-react'
import Link from 'next/link'
import { buttonClasses } from '../ui/button.tsx'

/** The way to a new set; on a phone it is its sign alone. */
export function NewSetLink() {
  return (
    <Link
      href="/sets/new"
      prefetch={false}
      aria-label="New set"
      className={buttonClasses('primary', 'max-tablet:!h-8')}
    >
      <Plus aria-hidden size={14} strokeWidth={1.9} />
      <span className="max-tablet:hidden">New set</span>
    </Link>
  )
}
