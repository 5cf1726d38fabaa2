'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import type { ConsoleViewer, ControlWish, ViewersAnswer } from '../../lib/fleet/console/viewers.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { consolePath } from './session/ask-ticket.ts'
import { queryClient } from '../ui/query-client.ts'
import { askServer } from '../../lib/live/ask-server.ts'

const EVERY_MS = 3_000

async function answered(response: Response): Promise<ViewersAnswer> {
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return (await response.json()) as ViewersAnswer
}

interface Viewers {
  /** Nobody knows yet. */
  pending: boolean
  all: readonly ConsoleViewer[]
  others: number
  /** Somebody else has the control, so nothing of this page may reach the guest. */
  controlledByOther: boolean
  inControl: boolean
  wish: (wish: ControlWish) => void
}

/**
 * Who has the VM's screen open through this dashboard: asked every few seconds while `viewer` has it, once before
 * (with null), and not at all while `ask` is false.
 */
export function useViewers(vm: Vm, viewer: string | null, ask: boolean): Viewers {
  const client = queryClient()
  const path = `${consolePath(vm)}/viewers`
  const queryKey = ['viewers', vm.uid, viewer]
  const query = new URLSearchParams({ uid: vm.uid, ...(viewer !== null && { viewer }) })
  const { data, isPending } = useQuery(
    {
      queryKey,
      queryFn: async ({ signal }) => answered(await askServer(`${path}?${query}`, { signal })),
      enabled: ask,
      retry: false,
      staleTime: 0,
      gcTime: 0,
      refetchInterval: viewer === null ? false : EVERY_MS,
    },
    client,
  )
  const { mutate } = useMutation(
    {
      mutationFn: async (control: ControlWish) => {
        const body = JSON.stringify({ uid: vm.uid, viewer, control })
        const headers = { 'content-type': 'application/json' }
        return answered(await askServer(path, { method: 'POST', headers, body }))
      },
      onSuccess: (answer) => client.setQueryData(queryKey, answer),
    },
    client,
  )
  const all = data?.viewers ?? []
  const controller = all.find(({ inControl }) => inControl)
  return {
    pending: ask && isPending,
    all,
    others: all.filter(({ you }) => !you).length,
    controlledByOther: viewer !== null && controller?.you === false,
    inControl: controller?.you === true,
    wish: mutate,
  }
}
