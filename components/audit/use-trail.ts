'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { TrailAnswer } from '../../lib/fleet/trail/answer.ts'
import type { TrailEntry } from '../../lib/fleet/trail/entry.ts'
import { fitsTrail, NO_TRAIL_FILTER, trailChoices } from '../../lib/fleet/trail/filter.ts'
import type { TrailFilter } from '../../lib/fleet/trail/filter.ts'
import { useServerNow } from '../../lib/live/fleet-hooks.ts'
import { queryClient } from '../ui/query-client.ts'
import { auditQuery } from './audit-query.ts'
import type { TrailCount } from './audit-words.ts'

/** Each question makes the server read all Events again: it is asked when somebody has stopped typing. */
const TYPING_MS = 300

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

const entriesOf = (pages: readonly TrailAnswer[] = []): readonly TrailEntry[] =>
  pages.flatMap(({ entries }) => entries)

/** What of the trail is to be seen, what can be chosen of it, and how far it was read. */
export interface TrailOnPage {
  /** The first answer to what is asked; undefined until there is one. */
  first: TrailAnswer | undefined
  shown: readonly TrailEntry[]
  choices: ReturnType<typeof trailChoices>
  count: TrailCount
  error: Error | null
  reading: boolean
  /** There are older ones of what is asked. */
  hasOlder: boolean
  readAgain(): void
  readOlder(): void
}

/**
 * The trail as it is looked at. What fits into one answer is read once, and filtered here; of more than that the server
 * looks for what is wanted in all of it, so that nothing is called missing that was only not read.
 */
export function useTrail(view: TrailFilter): TrailOnPage {
  const all = useInfiniteQuery(auditQuery(NO_TRAIL_FILTER), queryClient())
  const isLarge = (all.data?.pages[0]?.next ?? null) !== null
  const settled = useSettled(view)
  const asked = isLarge ? settled : NO_TRAIL_FILTER
  const query = useInfiniteQuery({ ...auditQuery(asked), placeholderData: keepPreviousData }, queryClient())
  const { data, error, isFetching, isPlaceholderData, hasNextPage } = query
  const first = data?.pages[0]
  const last = data?.pages.at(-1)
  const entries = useMemo(() => entriesOf(data?.pages), [data])
  const choices = useMemo(() => trailChoices(entriesOf(all.data?.pages)), [all.data])
  // What was read is as old as its reading: the spans are counted from there until the clock is known.
  const now = Math.max(useServerNow(10_000), Date.parse(first?.asOf ?? '') || 0)
  const shown = useMemo(() => entries.filter((entry) => fitsTrail(entry, view, now)), [entries, view, now])
  const isAsking = isLarge && (isPlaceholderData || settled !== view)
  // What is still asked is counted as far as it is seen; the server knows of what was not read, too.
  const found = isLarge && !isAsking ? (last?.found ?? 0) : shown.length
  return {
    first,
    shown,
    choices,
    count: { shown: shown.length, found, read: last?.read ?? 0 },
    error,
    reading: isFetching || isAsking,
    hasOlder: hasNextPage,
    readAgain: () => void query.refetch(),
    readOlder: () => void query.fetchNextPage(),
  }
}
