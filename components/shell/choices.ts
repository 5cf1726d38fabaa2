import type { ChoiceDefinition } from '../ui/stored-choice.ts'

export type Theme = 'system' | 'light' | 'dark'

/** Mirrored on `<html data-theme>`; absent means that the system decides. */
export const THEME: ChoiceDefinition<Theme> = {
  key: 'theme',
  values: ['system', 'light', 'dark'],
  fallback: 'system',
}

export type Rail = 'wide' | 'icons'

/** How much of the sidebar shows on a screen that has room for all of it. */
export const RAIL: ChoiceDefinition<Rail> = { key: 'rail', values: ['wide', 'icons'], fallback: 'wide' }
