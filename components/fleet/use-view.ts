'use client'

import { createParser, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { INITIAL_VIEW, VIEW_PARAMS } from '../../lib/fleet/view-state.ts'
import type { ViewParam, ViewState } from '../../lib/fleet/view-state.ts'

function parserOf<Value extends string | object>({ parse, print }: ViewParam<Value>) {
  return createParser<Value>({ parse, serialize: print, eq: (a, b) => print(a) === print(b) })
}

const PARSERS = {
  search: parserOf(VIEW_PARAMS.search).withDefault(INITIAL_VIEW.search),
  groupBy: parserOf(VIEW_PARAMS.groupBy).withDefault(INITIAL_VIEW.groupBy),
  sort: parserOf(VIEW_PARAMS.sort).withDefault(INITIAL_VIEW.sort),
  columns: parserOf(VIEW_PARAMS.columns).withDefault(INITIAL_VIEW.columns),
  folding: parserOf(VIEW_PARAMS.folding).withDefault(INITIAL_VIEW.folding),
  vm: createParser({
    parse: VIEW_PARAMS.vm.parse,
    serialize: VIEW_PARAMS.vm.print,
    eq: (a, b) => VIEW_PARAMS.vm.print(a) === VIEW_PARAMS.vm.print(b),
  }),
}

const URL_KEYS = {
  search: VIEW_PARAMS.search.param,
  groupBy: VIEW_PARAMS.groupBy.param,
  sort: VIEW_PARAMS.sort.param,
  columns: VIEW_PARAMS.columns.param,
  folding: VIEW_PARAMS.folding.param,
  vm: VIEW_PARAMS.vm.param,
}

/** Steps that one wants to undo with Back; the rest (typing, folding) replaces the current entry. */
const STEPS: readonly (keyof ViewState)[] = ['groupBy', 'vm']

export type ChangeView = (change: Partial<ViewState>) => void

/** The view, which lives in the URL alone, and how to change parts of it. */
export function useView(): readonly [ViewState, ChangeView] {
  const [view, setView] = useQueryStates(PARSERS, { urlKeys: URL_KEYS })
  return useMemo(() => {
    const change: ChangeView = (parts) => {
      const history = STEPS.some((step) => step in parts) ? 'push' : 'replace'
      void setView(parts, { history })
    }
    return [view, change]
  }, [view, setView])
}
