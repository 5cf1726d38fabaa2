import type { ChoiceDefinition } from '../ui/stored-choice.ts'
import { LAYOUTS } from './input/layouts.ts'
import type { Layout } from './input/layouts.ts'
import type { Compression, Fit, Quality } from './session/screen-settings.ts'

/** How this browser likes its consoles; nothing of it belongs to a VM, and nothing of it is secret. */
export const FIT: ChoiceDefinition<Fit> = {
  key: 'console-fit',
  values: ['fit', 'actual', 'remote'],
  fallback: 'fit',
}

export const QUALITY: ChoiceDefinition<Quality> = {
  key: 'console-quality',
  values: ['best', 'balanced', 'lean'],
  fallback: 'balanced',
}

export const COMPRESSION: ChoiceDefinition<Compression> = {
  key: 'console-compression',
  values: ['low', 'medium', 'high'],
  fallback: 'medium',
}

export const LAYOUT: ChoiceDefinition<Layout> = { key: 'console-layout', values: LAYOUTS, fallback: 'us' }

export type Pace = 'normal' | 'slow'

export const PACE: ChoiceDefinition<Pace> = {
  key: 'console-pace',
  values: ['normal', 'slow'],
  fallback: 'normal',
}

export type JoinRule = 'ask' | 'join'

/** What to do when somebody else of this dashboard already looks at the VM. */
export const JOIN: ChoiceDefinition<JoinRule> = {
  key: 'console-join',
  values: ['ask', 'join'],
  fallback: 'ask',
}
