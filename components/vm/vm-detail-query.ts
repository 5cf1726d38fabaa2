import { queryOptions } from '@tanstack/react-query'
import type { VmDetail } from '../../lib/fleet/vm-detail.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { getJson } from './get-json.ts'

function fetchDetail(vm: Vm, signal: AbortSignal): Promise<VmDetail> {
  return getJson(`/api/vms/${encodeURIComponent(vm.namespace)}/${encodeURIComponent(vm.name)}`, signal)
}

/** The parts of a VM that are asked on demand; asked again when it enters another phase. */
export function vmDetailQuery(vm: Vm) {
  return queryOptions<VmDetail>({
    queryKey: ['vm', vm.uid, vm.phase],
    queryFn: ({ signal }) => fetchDetail(vm, signal),
    placeholderData: (before) => (before?.vm.uid === vm.uid ? before : undefined),
  })
}
