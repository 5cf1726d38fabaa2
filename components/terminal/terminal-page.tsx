'use client'

import { Tabs } from '@base-ui/react/tabs'
import { Plus, SquareTerminal, X } from 'lucide-react'
import { useState } from 'react'
import type { MouseEvent } from 'react'
import { can } from '../../lib/fleet/can/can.ts'
import { unlessLacking } from '../../lib/fleet/can/needs.ts'
import type { VmSubject } from '../../lib/fleet/can/subjects.ts'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { RightNotice } from '../act/rights/right-notice.tsx'
import { useLook } from '../act/rights/use-look.ts'
import { vmSubject } from '../act/subject-of.ts'
import { WakeButton } from '../act/wake-button.tsx'
import { IconButton } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { VmPage } from '../vm/vm-page.tsx'
import { TerminalPane } from './terminal-pane.tsx'

/** Phases in which a shell can be expected to answer: while a VM wakes, its agent is not there yet. */
const SETTLED: ReadonlySet<Vm['phase']> = new Set(['ready', 'unreachable'])

/** More shells of one VM in one page are not kept apart by anybody. */
const MOST_SHELLS = 8

/** Who clicks on a shell wants to type into it; who comes there by the arrow keys stays among the tabs. */
const focusShown = ({ currentTarget }: MouseEvent) => {
  const { id } = currentTarget
  requestAnimationFrame(() => {
    document
      .querySelector<HTMLElement>(`[aria-labelledby="${CSS.escape(id)}"] .xterm-helper-textarea`)
      ?.focus()
  })
}

/** What is known of the VM and of the person, at the same moment. */
function Shells({ subject, lack, gone }: { subject: VmSubject; lack: string | null; gone: boolean }) {
  const { vm } = subject
  const verdict = unlessLacking(lack, can.terminal(subject, undefined))
  const ready = verdict.ok && !gone && SETTLED.has(vm.phase)
  const [shells, setShells] = useState<readonly number[]>(verdict.ok ? [1] : [])
  const [shown, setShown] = useState(1)
  // Who came while there was nobody to answer gets a shell as soon as there is.
  const [waiting, setWaiting] = useState(!verdict.ok)
  const add = () => {
    const next = Math.max(0, ...shells) + 1
    setShells([...shells, next])
    setShown(next)
  }
  const close = (shell: number) => {
    const left = shells.filter((each) => each !== shell)
    setShells(left)
    if (shown === shell) setShown(left.at(-1) ?? 0)
  }
  if (waiting && ready) {
    setWaiting(false)
    if (shells.length === 0) add()
  }
  const full = shells.length >= MOST_SHELLS
  const mayOpen = verdict.ok && !gone
  const why = gone
    ? `${vm.name} is gone.`
    : verdict.ok
      ? `At most ${MOST_SHELLS} shells are open in one page.`
      : verdict.reason
  const denied = full || !mayOpen
  return (
    <Tabs.Root
      value={shown}
      onValueChange={(value: number) => setShown(value)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex items-center gap-1 pb-2">
        <Tabs.List aria-label="Shells" className="flex min-w-0 flex-wrap gap-1">
          {shells.map((shell) => (
            <span key={shell} className="flex items-center rounded-lg border border-line bg-panel">
              <Tabs.Tab
                value={shell}
                onClick={focusShown}
                className="h-8 rounded-lg pr-1 pl-2.5 text-sm font-medium text-muted data-active:text-text max-tablet:h-10"
              >
                Shell {shell}
              </Tabs.Tab>
              <IconButton
                label={`Close shell ${shell}`}
                className="!size-7 max-tablet:!size-9"
                onClick={() => close(shell)}
              >
                <X aria-hidden size={13} strokeWidth={1.75} />
              </IconButton>
            </span>
          ))}
        </Tabs.List>
        <IconButton
          label="Another shell"
          aria-disabled={denied}
          data-tip={denied ? why : 'Another shell'}
          className="aria-disabled:opacity-50"
          onClick={() => denied || add()}
        >
          <Plus aria-hidden size={15} strokeWidth={1.75} />
        </IconButton>
      </div>
      {shells.length > 0 && lack === null && vm.phase === 'hibernated' && !gone && (
        <div className="surface mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 px-3.5 py-2 text-sm">
          <p className="min-w-0 flex-1 basis-64 text-muted">
            <bdi>{vm.name}</bdi> sleeps. Once it is awake, a new shell opens by itself.
          </p>
          <WakeButton subject={subject} />
        </div>
      )}
      <div className="surface flex min-h-0 flex-1 flex-col overflow-hidden rounded-b-none border-b-0 max-tablet:-mx-3.5 max-tablet:rounded-none max-tablet:border-x-0">
        {shells.map((shell) => (
          <Tabs.Panel
            key={shell}
            value={shell}
            keepMounted
            className="flex min-h-0 flex-1 flex-col data-hidden:hidden"
          >
            <TerminalPane vm={vm} ready={ready} gone={gone} label={`Shell ${shell} in ${vm.name}`} />
          </Tabs.Panel>
        ))}
        {shells.length === 0 && lack !== null && (
          <RightNotice title="You may not open a shell in it" lack={lack} />
        )}
        {shells.length === 0 && lack === null && (
          <Notice
            Icon={SquareTerminal}
            title={mayOpen ? 'No shell is open' : 'No shell can be opened'}
            actions={!gone && <WakeButton subject={subject} />}
          >
            <p>
              <bdi>{mayOpen ? `Open one in ${vm.name} with the plus above.` : why}</bdi>
            </p>
            {vm.phase === 'hibernated' && !gone && (
              <p>Looking for it here has not woken it. Once it is awake, a shell opens by itself.</p>
            )}
          </Notice>
        )}
      </div>
    </Tabs.Root>
  )
}

/** Nothing is asked of the VM before it is known whether this person may. */
function Reviewed({ vm, gone }: { vm: Vm; gone: boolean }) {
  const subject = vmSubject(useFleetIndex(), vm)
  const { asking, lack } = useLook('terminal', subject)
  if (asking) return <div aria-busy className="surface flex-1 rounded-b-none border-b-0" />
  return <Shells subject={subject} lack={lack} gone={gone} />
}

/** Shells in one VM. */
export function TerminalPage({ path }: { path: VmPath }) {
  return (
    <VmPage path={path} title="Terminal">
      {(vm, gone) => <Reviewed key={vm.uid} vm={vm} gone={gone} />}
    </VmPage>
  )
}
