'use client'

import { Camera, Eye, Maximize, Minimize, PictureInPicture2, Unplug } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { ClipboardPanel } from './clipboard-panel.tsx'
import type { GuestClipboard } from './clipboard-panel.tsx'
import type { Key } from './input/key-combo.ts'
import { sendCombo } from './input/key-combo.ts'
import type { SendKey } from './input/type-text.ts'
import { KeysMenu } from './keys-menu.tsx'
import { PictureMenu } from './picture-menu.tsx'
import type { GuestScreen } from './session/guest-screen.ts'
import { ICON_SIZE, PRESSED, TOOL_SIZE } from './tool-classes.ts'
import { TypeText } from './type-text.tsx'

interface ToolProps {
  Icon: LucideIcon
  label: string
  word?: string
  pressed?: boolean
  disabled?: boolean
  className?: string
  onClick: () => void
}

function Tool({ Icon, label, word, pressed, disabled = false, className = '', onClick }: ToolProps) {
  return (
    <Button
      aria-label={label}
      aria-pressed={pressed}
      aria-disabled={disabled}
      data-tip={label}
      className={`${PRESSED} aria-disabled:text-faint ${word === undefined ? ICON_SIZE : TOOL_SIZE} ${className}`}
      onClick={() => {
        if (!disabled) onClick()
      }}
    >
      <Icon aria-hidden size={14} strokeWidth={1.75} />
      {word !== undefined && <span className="console-word">{word}</span>}
    </Button>
  )
}

interface ToolbarProps {
  name: string
  /** Null while there is no picture. */
  screen: GuestScreen | null
  /** Why no input goes to the guest; null when it does. */
  silent: string | null
  viewOnly: boolean
  clipboard: GuestClipboard
  fullScreen: boolean
  onViewOnly: () => void
  onFollow: (follows: boolean) => void
  onScreenshot: () => void
  onLeave: () => void
  onFullScreen: () => void
  /** Absent in the window that it would open. */
  onOwnWindow?: (() => void) | undefined
  children?: ReactNode
}

/** Everything that can be done with a console, by keyboard too. */
export function Toolbar(props: ToolbarProps) {
  const { screen, silent, viewOnly } = props
  const none = screen === null
  const send: SendKey = (keysym, code, down) => screen?.key(keysym, code, down)
  const sendKeys = (keys: readonly Key[]) => sendCombo(send, keys)
  return (
    <div role="toolbar" aria-label={`Console of ${props.name}`} tabIndex={-1} className="console-bar">
      <PictureMenu />
      <KeysMenu disabled={silent} onSend={sendKeys} />
      <TypeText disabled={silent} onKey={send} />
      <ClipboardPanel
        clipboard={props.clipboard}
        disabled={silent}
        onFollow={props.onFollow}
        onSend={(text) => screen?.paste(text) ?? []}
      />
      <Tool Icon={Camera} label="Save a picture of the screen" disabled={none} onClick={props.onScreenshot} />
      <Tool
        Icon={Eye}
        label={viewOnly ? 'View only: keys and pointer stay here' : 'View only'}
        word="View only"
        pressed={viewOnly}
        onClick={props.onViewOnly}
      />
      <span className="flex-1 max-tablet:hidden" />
      {props.children}
      <Tool Icon={Unplug} label="Disconnect" disabled={none} onClick={props.onLeave} />
      {props.onOwnWindow !== undefined && (
        <Tool
          Icon={PictureInPicture2}
          label="Open in a window of its own"
          className="max-tablet:hidden"
          onClick={props.onOwnWindow}
        />
      )}
      <Tool
        Icon={props.fullScreen ? Minimize : Maximize}
        label={props.fullScreen ? 'Leave full screen' : 'Full screen'}
        word="Full screen"
        onClick={props.onFullScreen}
      />
    </div>
  )
}
