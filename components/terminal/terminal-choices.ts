import type { ChoiceDefinition } from '../ui/stored-choice.ts'

export const FONT_SIZES = ['11', '13', '15', '18'] as const

/** The size of letters in the terminals of this browser, in pixels. */
export const FONT_SIZE: ChoiceDefinition<(typeof FONT_SIZES)[number]> = {
  key: 'terminal-font',
  values: FONT_SIZES,
  fallback: '13',
}
