'use client'

import { Clipboard, ClipboardCheck } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { characterList } from './input/character-list.ts'
import { ICON_TOOL } from './tool-classes.ts'

export interface GuestClipboard {
  /** What the guest copied last; '' before it did. */
  text: string
  /** The person lets the guest write to the clipboard of this computer, while the console is open. */
  follows: boolean
  /** Why the browser did not take it the last time; '' when it did. */
  trouble: string
}

interface ClipboardProps {
  clipboard: GuestClipboard
  disabled: string | null
  onFollow: (follows: boolean) => void
  /** Returns the characters that only a question mark came over of. */
  onSend: (text: string) => readonly string[]
}

const REFUSED = 'The browser did not allow it: use the text field instead.'

function Panel({ clipboard, disabled, onFollow, onSend }: ClipboardProps) {
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(clipboard.text).then(
      () => setSaid('Copied to this computer.'),
      () => setSaid(REFUSED),
    )
  const paste = () =>
    navigator.clipboard.readText().then(
      (read) => setText(read),
      () => setSaid(REFUSED),
    )
  const send = () => {
    const lost = onSend(text)
    setSaid(
      lost.length === 0
        ? 'Sent to the VM’s clipboard: paste it there.'
        : `Sent, but with “?” for ${characterList(lost)}: the clipboard of this VNC server takes Western European letters only. “Type text” may know more.`,
    )
  }
  return (
    <div className="w-[min(330px,calc(100vw-50px))] space-y-3">
      <section className="space-y-1.5">
        <label htmlFor="console-clip-out">To the VM</label>
        <textarea
          id="console-clip-out"
          rows={3}
          spellCheck={false}
          value={text}
          className="field h-auto w-full resize-y py-2 font-mono !text-xs"
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex flex-wrap justify-end gap-1.5">
          <Button onClick={() => void paste()}>Take this computer’s</Button>
          <Button look="primary" disabled={text === '' || disabled !== null} onClick={send}>
            Send to the VM
          </Button>
        </div>
        {disabled !== null && <p className="text-xs text-muted">{disabled}</p>}
      </section>
      <section className="space-y-1.5 border-t border-line pt-3">
        <label htmlFor="console-clip-in">From the VM</label>
        <textarea
          id="console-clip-in"
          readOnly
          rows={3}
          value={clipboard.text}
          placeholder="Nothing was copied there since this console was opened"
          className="field h-auto w-full resize-y py-2 font-mono !text-xs"
        />
        <div className="flex flex-wrap items-center justify-end gap-1.5">
          <label className="mr-auto flex items-center gap-2 text-xs">
            <input
              type="checkbox"
              checked={clipboard.follows}
              className="accent-accent"
              onChange={(event) => onFollow(event.target.checked)}
            />
            Copy by itself while this is open
          </label>
          <Button disabled={clipboard.text === ''} onClick={() => void copy()}>
            Copy
          </Button>
        </div>
        <p className="text-xs text-faint">
          Unless you allow it here, nothing that the VM copies reaches this computer’s clipboard.
        </p>
      </section>
      <output className="block text-xs wrap-anywhere text-muted empty:hidden">
        {said || clipboard.trouble}
      </output>
    </div>
  )
}

/** Text from here to the guest and back, each way only when somebody says so. */
export function ClipboardPanel(props: ClipboardProps) {
  const Icon = props.clipboard.text === '' ? Clipboard : ClipboardCheck
  return (
    <Popover
      title="Clipboard"
      align="start"
      triggerLabel="Clipboard"
      tip={props.clipboard.text === '' ? 'Clipboard' : 'Clipboard: the VM copied something'}
      triggerClass={ICON_TOOL}
      trigger={<Icon aria-hidden size={14} strokeWidth={1.75} />}
    >
      <Panel {...props} />
    </Popover>
  )
}
