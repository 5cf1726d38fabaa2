'use client'

import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

/** A button that opens a list of which one is chosen. */
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
  return (
    <Menu.Root>
      <Menu.Trigger className={triggerClass}>{trigger}</Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-50">
          <Menu.Popup className="popup min-w-44 p-1 outline-none">
            <Menu.RadioGroup
              value={value}
              onValueChange={(next) => {
                const chosen = choices.find((choice) => choice.value === next)
                if (chosen) onChange(chosen.value)
              }}
            >
              <Menu.GroupLabel className="px-2.5 pt-1.5 pb-1 text-2xs text-faint">{label}</Menu.GroupLabel>
              {choices.map((choice) => (
                <Menu.RadioItem
                  key={choice.value}
                  value={choice.value}
                  closeOnClick
                  className="flex h-8 cursor-default items-center gap-2 rounded-md px-2.5 text-sm outline-none data-highlighted:bg-hover max-tablet:h-11"
                >
                  <span className="flex-1">{choice.label}</span>
                  <Menu.RadioItemIndicator>
                    <Check size={14} strokeWidth={2} className="text-accent" />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
