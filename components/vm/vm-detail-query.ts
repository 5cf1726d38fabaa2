import { queryOptions } from '@tanstack/react-query'
import type { VmDetail } from '../../lib/fleet/vm-detail.ts'
import type { Vm } from '../../lib/fleet/vm.ts'

/** What our API answers when it cannot: RFC 9457, as far as it is there. */
interface Problem {
  title?: string
  detail?: string
}

function problemWords(problem: Problem, status: number): string {
  const words = [problem.title, problem.detail].filter((text) => typeof text === 'string' && text !== '')
  return words.length === 0 ? `The server answered ${status} without saying why.` : words.join(': ')
}

async function fetchDetail(vm: Vm, signal: AbortSignal): Promise<VmDetail> {
  const path = `/api/vms/${encodeURIComponent(vm.namespace)}/${encodeURIComponent(vm.name)}`
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } })
  if (response.ok) return (await response.json()) as VmDetail
  const problem = (await response.json().catch(() => ({}))) as Problem
  throw new Error(problemWords(problem, response.status))
}

/** The parts of a VM that are asked on demand; asked again when it enters another phase. */
export function vmDetailQuery(vm: Vm) {
  return queryOptions<VmDetail>({
    queryKey: ['vm', vm.uid, vm.phase],
    queryFn: ({ signal }) => fetchDetail(vm, signal),
    placeholderData: (before) => (before?.vm.uid === vm.uid ? before : undefined),
  })
}
