'use client'

import { parseAsBoolean, parseAsNumberLiteral, parseAsString, useQueryStates } from 'nuqs'
import { LOG_TAILS } from '../../lib/fleet/log/vm-log.ts'

const PARSERS = {
  tail: parseAsNumberLiteral(LOG_TAILS).withDefault(LOG_TAILS[0]),
  find: parseAsString.withDefault(''),
  wrap: parseAsBoolean.withDefault(false),
  follow: parseAsBoolean.withDefault(true),
}

/** How a log is looked at; it lives in the URL. */
export interface LogViewState {
  tail: (typeof LOG_TAILS)[number]
  find: string
  wrap: boolean
  /** The log is read again every few seconds while somebody looks. */
  follow: boolean
}

/** The view, and how to change parts of it; going back does not undo that. */
export function useLogView(): readonly [LogViewState, (change: Partial<LogViewState>) => void] {
  const [state, setState] = useQueryStates(PARSERS, { history: 'replace' })
  return [state, (change) => void setState(change)]
}
