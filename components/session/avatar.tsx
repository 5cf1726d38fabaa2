import { User } from 'lucide-react'
import { initialOf } from './person-words.ts'

/** The round sign of somebody; of nobody in particular where nobody signs in. */
export function Avatar({ name }: { name: string | null }) {
  return (
    <span
      aria-hidden
      className="grid size-[22px] shrink-0 place-items-center rounded-full bg-accent-wash text-2xs font-bold text-accent-ink"
    >
      {name === null ? <User size={13} strokeWidth={1.9} /> : initialOf(name)}
    </span>
  )
}
