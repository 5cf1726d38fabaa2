import { Plus } from 'lucide-react'
import { buttonClasses } from '../ui/button.tsx'

/** The way to a new set; on a phone it is its sign alone. */
export function NewSetLink() {
  return (
    <a href="/sets/new" aria-label="New set" className={buttonClasses('primary')}>
      <Plus aria-hidden size={14} strokeWidth={1.9} />
      <span className="max-tablet:hidden">New set</span>
    </a>
  )
}
