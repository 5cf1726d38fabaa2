'use client'

import { Ellipsis } from 'lucide-react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { buttonClasses } from '../ui/button.tsx'
import type { ButtonLook } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'

/** The row around it has its own keys and its own click; what happens in here is not for it. */
const keepClick = (event: MouseEvent) => event.stopPropagation()
const keepKey = (event: KeyboardEvent) => {
  if (!event.key.startsWith('Arrow')) event.stopPropagation()
}

/** The button behind which actions are. In a table, Tab reaches it from the active row only. */
export function MenuButton({
  title,
  label,
  active,
  look = 'quiet',
  load,
  children,
}: {
  title: string
  /** What a screen reader calls the button. */
  label: string
  active: boolean
  look?: ButtonLook
  /** Brings the items before they are asked for. */
  load: () => void
  children: (hide: () => void) => ReactNode
}) {
  return (
    <span
      className="contents"
      role="presentation"
      data-row-menu
      onClick={keepClick}
      onKeyDown={keepKey}
      onPointerEnter={load}
      onFocus={load}
    >
      <Popover
        title={title}
        triggerLabel={label}
        triggerTab={active ? 0 : -1}
        triggerClass={buttonClasses(look, 'aspect-square !px-0')}
        trigger={<Ellipsis aria-hidden size={15} strokeWidth={1.9} />}
      >
        {children}
      </Popover>
    </span>
  )
}
