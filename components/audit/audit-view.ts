'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { TRAIL_SPANS } from '../../lib/fleet/trail/filter.ts'
import type { TrailFilter, TrailSpan } from '../../lib/fleet/trail/filter.ts'
import { TRAIL_ACTIONS, TRAIL_RESULTS } from '../../lib/fleet/trail/record.ts'

const text = parseAsString.withDefault('')
const SPANS = Object.keys(TRAIL_SPANS) as TrailSpan[]

const PARSERS = {
  who: text,
  action: parseAsStringLiteral(['', ...TRAIL_ACTIONS]).withDefault(''),
  namespace: text,
  object: text,
  result: parseAsStringLiteral(['', ...TRAIL_RESULTS]).withDefault(''),
  span: parseAsStringLiteral(['', ...SPANS]).withDefault(''),
  text,
}

/** Which entries are looked at; it lives in the URL. */
export function useAuditView(): readonly [TrailFilter, (change: Partial<TrailFilter> | null) => void] {
  const [view, setView] = useQueryStates(PARSERS, {
    history: 'replace',
    urlKeys: { namespace: 'ns', text: 'q' },
  })
  return [view, (change) => void setView(change)]
}
