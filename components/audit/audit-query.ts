import { infiniteQueryOptions } from '@tanstack/react-query'
import type { TrailAnswer } from '../../lib/fleet/trail/answer.ts'
import { getJson } from '../vm/get-json.ts'

/** All that the cluster remembers, a page at a time, the latest first; filters look at what was read. */
export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam, signal }) =>
    getJson<TrailAnswer>(
      pageParam === '' ? '/api/audit' : `/api/audit?after=${encodeURIComponent(pageParam)}`,
      signal,
    ),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
})
