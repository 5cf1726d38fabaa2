'use client'

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Vm } from '../../../lib/fleet/vm.ts'
import { askTicket } from './ask-ticket.ts'
import { createConsoleSession } from './console-session.ts'
import type { ConsoleSession } from './console-session.ts'
import { CLOSED } from './console-state.ts'
import type { ConsoleState } from './console-state.ts'
import type { ScreenSettings } from './screen-settings.ts'

interface ConsoleHandle {
  session: ConsoleSession
  state: ConsoleState
  /** For the element that the screen appears in. */
  host: (element: HTMLElement | null) => (() => void) | undefined
}

/**
 * The console of one VM, of exactly this uid: give the component that calls it a key of it. It opens by itself once
 * `mayOpen`, and again where the VM was the reason for its end.
 */
export function useConsole(
  vm: Vm,
  mayOpen: boolean,
  settings: ScreenSettings,
  onClipboard: (text: string) => void,
): ConsoleHandle {
  const [session] = useState(() =>
    createConsoleSession({
      label: `Screen of ${vm.name}. Keys go to the VM; Ctrl, Alt and Shift together bring them back.`,
      askTicket: () => askTicket(vm),
      settings,
      onClipboard,
    }),
  )
  const state = useSyncExternalStore(session.subscribe, session.state, () => CLOSED)
  const host = useCallback(
    (element: HTMLElement | null) => (element === null ? undefined : session.attach(element)),
    [session],
  )
  const { fit, quality, compression, viewOnly } = settings
  useEffect(
    () => session.apply({ fit, quality, compression, viewOnly }),
    [session, fit, quality, compression, viewOnly],
  )
  useEffect(() => {
    if (mayOpen && session.state().at === 'closed') session.open()
  }, [session, mayOpen])
  const untilReady = state.at === 'over' && state.end.reopening === 'when-ready'
  useEffect(() => {
    if (mayOpen && untilReady) session.vmReady()
  }, [session, mayOpen, untilReady])
  return { session, state, host }
}
