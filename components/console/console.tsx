'use client'

import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { can } from '../../lib/fleet/can/can.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { vmSubject } from '../act/subject-of.ts'
import { useLook } from '../act/rights/use-look.ts'
import { useStoredChoice } from '../ui/stored-choice.ts'
import { useMedia } from '../ui/use-media.ts'
import { COMPRESSION, FIT, JOIN, QUALITY } from './console-choices.ts'
import { ConsoleFoot } from './console-foot.tsx'
import { saveScreenshot } from './screenshot.ts'
import { useConsole } from './session/use-console.ts'
import { spoken } from './stage-notice.tsx'
import { StageOver } from './stage-over.tsx'
import { Toolbar } from './toolbar.tsx'
import { TouchKeys } from './touch-keys.tsx'
import { useFullScreen } from './use-full-screen.ts'
import { useViewers } from './use-viewers.ts'
import { isWayOut } from './way-out.ts'
import { ViewersMenu } from './viewers-menu.tsx'
import { useGuestClipboard } from './use-guest-clipboard.ts'

interface ConsoleProps {
  vm: Vm
  className?: string
  /** It has taken the name of another one that was looked at here: somebody must want it before it is opened. */
  replaced?: boolean
  /** Opens the VM's console in a window of its own, and says whether it did; absent where this is that window. */
  onOwnWindow?: () => boolean
}

/** The screen of one VM with all that belongs to it. Give it the VM's uid as its key. */
export function Console({ vm, className = '', replaced = false, onOwnWindow }: ConsoleProps) {
  const root = useRef<HTMLElement>(null)
  const subject = vmSubject(useFleetIndex(), vm)
  const verdict = can.console(subject)
  const { asking, lack } = useLook('console', subject)
  const may = verdict.ok && lack === null && !asking
  const [fit] = useStoredChoice(FIT)
  const [quality] = useStoredChoice(QUALITY)
  const [compression] = useStoredChoice(COMPRESSION)
  const [viewOnly, setViewOnly] = useState(false)
  const [wanted, setWanted] = useState(!replaced)
  const [join] = useStoredChoice(JOIN)
  const [joined, setJoined] = useState(false)
  const [focused, setFocused] = useState(false)
  const [fullScreen, toggleFullScreen] = useFullScreen(root)
  const touch = useMedia('(pointer: coarse)')
  const { clipboard, onCopied, setFollows } = useGuestClipboard()
  const [viewer, setViewer] = useState<string | null>(null)
  const asks = join === 'ask' && !joined
  const viewers = useViewers(vm, viewer, viewer !== null || (may && wanted && asks))
  const alone = !asks || (!viewers.pending && viewers.others === 0)
  const settings = { fit, quality, compression, viewOnly: viewOnly || viewers.controlledByOther }
  const { session, state, host } = useConsole(vm, may && wanted && alone, settings, onCopied)
  if (session.viewer() !== viewer) {
    setViewer(session.viewer())
    // Who was let in once is not asked again when the connection was lost.
    setJoined(true)
  }
  const screen = session.screen()
  const noInput = screen === null ? 'There is no connection to the VM.' : null
  const silent =
    noInput ??
    (viewOnly ? 'This is view only.' : null) ??
    (viewers.controlledByOther ? 'Somebody else has the control.' : null)

  // What had the focus (a password, a button) is gone with what stood in the picture's place: who connected may type.
  useEffect(() => {
    if (screen !== null && document.activeElement === document.body)
      screen.canvas.focus({ preventScroll: true })
  }, [screen])
  const onKeyDown = (event: KeyboardEvent) => {
    if (!focused || !isWayOut(event)) return
    event.preventDefault()
    event.stopPropagation()
    screen?.canvas.blur()
    root.current?.querySelector('button')?.focus()
  }
  const moveOut = () => {
    if (onOwnWindow?.() === true) session.leave('own-window')
  }
  return (
    <section
      ref={root}
      aria-label={`Console of ${vm.name}`}
      className={`console @container ${className}`}
      onKeyDownCapture={onKeyDown}
    >
      <Toolbar
        name={vm.name}
        screen={screen}
        silent={silent}
        viewOnly={viewOnly}
        clipboard={clipboard}
        fullScreen={fullScreen}
        onViewOnly={() => setViewOnly(!viewOnly)}
        onFollow={setFollows}
        onScreenshot={() => screen && saveScreenshot(screen, vm.name)}
        onLeave={() => session.leave()}
        onFullScreen={toggleFullScreen}
        onOwnWindow={onOwnWindow && moveOut}
      >
        {viewer !== null && <ViewersMenu viewers={viewers} />}
      </Toolbar>
      <div className="console-stage" data-picture={screen === null ? undefined : ''}>
        <div
          ref={host}
          className="console-host"
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        />
        {screen === null && (
          <div className="console-over">
            <StageOver
              subject={subject}
              verdict={verdict}
              lack={lack}
              session={session}
              state={state}
              wanted={wanted}
              onWanted={() => setWanted(true)}
              others={alone ? [] : viewers.all}
              onJoin={(how) => {
                setJoined(true)
                setViewOnly(how.viewOnly)
              }}
            />
          </div>
        )}
      </div>
      {touch && screen !== null && silent === null && <TouchKeys screen={screen} />}
      {screen !== null && <ConsoleFoot session={session} focused={focused} silent={silent} />}
      <output className="sr-only">{spoken(state, vm.name)}</output>
    </section>
  )
}
