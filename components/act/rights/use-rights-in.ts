'use client'

import { useQueries } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { Rights, RightsIn } from '../../../lib/fleet/can/rights.ts'
import { queryClient } from '../../ui/query-client.ts'
import { rightsQuery } from './rights-query.ts'

/** Of more namespaces than these nothing is asked: what is not known denies nothing, and the server decides. */
const MOST = 200

const NOTHING: RightsIn = new Map()
const NONE: readonly Rights[] = []

/** Compared part by part by the library, so that what says the same stays the same. */
const gathered = (results: readonly UseQueryResult<Rights>[]) => ({
  known: results.flatMap(({ data }) => data ?? []),
  left: results.filter(({ isLoading }) => isLoading).length,
})

interface RightsOfMany {
  /** As it was before while some are asked, so that thousands are not judged anew with every answer. */
  rights: RightsIn
  asking: boolean
  /** How many are answered, of how many. */
  answered: number
  of: number
  /** Waits no longer: judges by what is known. */
  giveUp: () => void
}

/** What this person may do in many namespaces, each asked once for all who want to know. */
export function useRightsIn(namespaces: readonly string[]): RightsOfMany {
  const asked = [...new Set(namespaces)].filter((namespace) => namespace !== '').slice(0, MOST)
  const { known, left } = useQueries({ queries: asked.map(rightsQuery), combine: gathered }, queryClient())
  const [gaveUp, setGaveUp] = useState(false)
  const [settled, setSettled] = useState({ known: NONE, rights: NOTHING })
  const asking = left > 0 && !gaveUp
  if (!asking && settled.known !== known) {
    setSettled({ known, rights: new Map(known.map((each) => [each.namespace, each])) })
  }
  return {
    rights: settled.rights,
    asking,
    answered: asked.length - left,
    of: asked.length,
    giveUp: () => setGaveUp(true),
  }
}
