'use client'

import { useMemo } from 'react'
import { arrange } from '../../lib/fleet/arrange.ts'
import type { Arrangement } from '../../lib/fleet/arrange-types.ts'
import { parseSearch } from '../../lib/fleet/search.ts'
import { isClosed } from '../../lib/fleet/view-state.ts'
import type { ViewState } from '../../lib/fleet/view-state.ts'
import { useFleetIndex, useServerNow } from '../../lib/live/fleet-hooks.ts'

/** The fleet in the order and the groups of the view. Searches by time are judged anew every 15 s. */
export function useArrangement({ search, groupBy, sort, folding }: ViewState): Arrangement {
  const index = useFleetIndex()
  const now = useServerNow(15_000)
  return useMemo(() => {
    const collapsed = { has: (key: string) => isClosed(folding, key) }
    return arrange(index, { groupBy, sort, search: parseSearch(search), collapsed, now })
  }, [index, search, groupBy, sort, folding, now])
}
