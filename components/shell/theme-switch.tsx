'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { Segmented } from '../ui/segmented.tsx'
import type { Segment } from '../ui/segmented.tsx'
import { useStoredChoice } from '../ui/stored-choice.ts'
import { THEME } from './choices.ts'
import type { Theme } from './choices.ts'

const SEGMENTS: readonly Segment<Theme>[] = [
  { value: 'system', label: 'Theme of the system', Icon: Monitor },
  { value: 'light', label: 'Light theme', Icon: Sun },
  { value: 'dark', label: 'Dark theme', Icon: Moon },
]

export function ThemeSwitch() {
  const [theme, setTheme] = useStoredChoice(THEME)
  return <Segmented label="Theme" value={theme} segments={SEGMENTS} onChange={setTheme} />
}

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }

/** The theme as one button, for where there is no room for three. */
export function ThemeCycle({ className }: { className: string }) {
  const [theme, setTheme] = useStoredChoice(THEME)
  const shown = SEGMENTS.find((segment) => segment.value === theme)
  const Icon = shown?.Icon ?? Monitor
  const label = `${shown?.label ?? 'Theme'}: change`
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      className={className}
      onClick={() => setTheme(NEXT[theme])}
    >
      <Icon size={16} strokeWidth={1.75} />
    </button>
  )
}
