'use client'

import { Check } from 'lucide-react'
import { useId } from 'react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { usePopover } from './use-popover.ts'

const focusChosen = (surface: HTMLElement) => surface.querySelector<HTMLElement>('input:checked')?.focus()

/** A button that opens a list of which one is chosen. The arrow keys choose at once, Enter closes. */
export function ChoiceMenu<Value extends string>({
  label,
  trigger,
  triggerClass,
  value,
  choices,
  onChange,
}: {
  label: string
  trigger: ReactNode
  triggerClass: string
  value: Value
  choices: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}) {
  const popover = usePopover('end', focusChosen)
  const name = useId()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    // Hiding gives the focus back to the button, which would take the same key as a click.
    event.preventDefault()
    popover.hide()
  }
  const onClick = ({ detail }: MouseEvent) => {
    // Choosing by keyboard is a click too, of no pointer: the list then stays.
    if (detail > 0) popover.hide()
  }
  return (
    <>
      <button type="button" {...popover.trigger} className={triggerClass}>
        {trigger}
      </button>
      <div {...popover.surface} className="popup min-w-44 overflow-y-auto p-1 text-text">
        {popover.open && (
          <fieldset {...{ onKeyDown }}>
            <legend className="px-2.5 pt-1.5 pb-1 text-2xs text-faint">{label}</legend>
            {choices.map((choice) => (
              <label
                key={choice.value}
                {...{ onClick }}
                className="relative flex h-8 items-center gap-2 rounded-md px-2.5 text-sm hover:bg-hover has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent max-tablet:h-11"
              >
                <input
                  type="radio"
                  name={name}
                  className="peer absolute inset-0 appearance-none outline-none"
                  checked={choice.value === value}
                  onChange={() => onChange(choice.value)}
                />
                <span className="flex-1">{choice.label}</span>
                <Check
                  aria-hidden
                  size={14}
                  strokeWidth={2}
                  className="invisible text-accent peer-checked:visible"
                />
              </label>
            ))}
          </fieldset>
        )}
      </div>
    </>
  )
}
