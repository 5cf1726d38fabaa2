'use client'

import { createParser, useQueryStates } from 'nuqs'
import { VIEW_PARAMS } from '../../lib/fleet/view-state.ts'
import type { VmPath } from '../../lib/fleet/view-state.ts'

const { parse, print } = VIEW_PARAMS.vm
const pathParser = createParser<VmPath>({ parse, serialize: print, eq: (a, b) => print(a) === print(b) })

const PARSERS = { console: pathParser, vm: pathParser }
const URL_KEYS = { console: 'console', vm: VIEW_PARAMS.vm.param }

/** Which VM's console stands beside the list, in the URL; opening one takes the place of the VM's panel. */
export function useDock(): readonly [VmPath | null, (path: VmPath | null) => void] {
  const [{ console: docked }, set] = useQueryStates(PARSERS, { urlKeys: URL_KEYS, history: 'push' })
  const dock = (path: VmPath | null) =>
    void set(path === null ? { console: null } : { console: path, vm: null })
  return [docked, dock]
}
