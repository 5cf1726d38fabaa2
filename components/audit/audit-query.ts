import { infiniteQueryOptions } from '@tanstack/react-query'
import type { TrailAnswer } from '../../lib/fleet/trail/answer.ts'
import type { TrailFilter } from '../../lib/fleet/trail/filter.ts'
import { getJson } from '../vm/get-json.ts'

function pathOf(wanted: TrailFilter, after: string): string {
  const asked = Object.entries({ ...wanted, after }).filter(([, value]) => value !== '')
  const query = new URLSearchParams(asked).toString()
  return query === '' ? '/api/audit' : `/api/audit?${query}`
}

/** What is wanted of all that the cluster remembers, a page at a time, the latest first. */
export const auditQuery = (wanted: TrailFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', wanted],
    queryFn: ({ pageParam, signal }) => getJson<TrailAnswer>(pathOf(wanted, pageParam), signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
