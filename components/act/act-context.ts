'use client'

import { createContext, use } from 'react'
import type { Act } from './act.ts'

/** Opens the dialog of an action. */
export type Ask = (act: Act) => void

export const AskContext = createContext<Ask | null>(null)

/** @throws Error outside of an ActHost: a control that does nothing would lie */
export function useAsk(): Ask {
  const ask = use(AskContext)
  if (ask === null) throw new Error('an action needs an ActHost around it')
  return ask
}
