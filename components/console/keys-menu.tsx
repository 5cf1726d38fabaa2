'use client'

import { Keyboard, X } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { parseCombo } from './input/key-combo.ts'
import type { Key } from './input/key-combo.ts'
import { useOwnCombos } from './own-combos.ts'
import { TOOL } from './tool-classes.ts'

/** What the browser or the system keeps for itself when it is typed. */
const USUAL = [
  'Ctrl+Alt+Del',
  'Alt+Tab',
  'Alt+F4',
  'Super',
  'Ctrl+Esc',
  'Ctrl+W',
  'Ctrl+Shift+Esc',
  'Print',
  'Ctrl+Alt+F1',
  'Ctrl+Alt+F2',
  'Ctrl+Alt+F7',
  'F11',
]

type SendKeys = (keys: readonly Key[]) => void

function ComboButton({ text, onSend }: { text: string; onSend: SendKeys }) {
  const combo = parseCombo(text)
  return (
    <Button
      className="min-w-0 flex-1 !justify-start font-mono !text-xs"
      onClick={() => combo.ok && onSend(combo.keys)}
    >
      <span className="truncate" data-tip-cut>
        {text}
      </span>
    </Button>
  )
}

function NewCombo({ onSend }: { onSend: SendKeys }) {
  const { combos, full, add, remove } = useOwnCombos()
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    const combo = parseCombo(text)
    setReason(combo.ok ? '' : combo.reason)
    if (!combo.ok) return
    onSend(combo.keys)
    if (!full && !USUAL.includes(combo.text) && !combos.includes(combo.text)) add(combo.text)
    setText('')
  }
  return (
    <>
      {combos.length > 0 && (
        <ul aria-label="Your combinations" className="flex flex-wrap gap-1.5">
          {combos.map((combo) => (
            <li key={combo} className="flex max-w-full min-w-0">
              <ComboButton text={combo} onSend={onSend} />
              <IconButton label={`Forget ${combo}`} className="!size-8" onClick={() => remove(combo)}>
                <X aria-hidden size={13} strokeWidth={1.75} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={submit} className="space-y-1.5">
        <div className="flex gap-1.5">
          <input
            aria-label="Another combination"
            aria-describedby="console-combo-reason"
            placeholder="Ctrl+Alt+T"
            autoComplete="off"
            spellCheck={false}
            value={text}
            className="field min-w-0 flex-1 font-mono !text-xs"
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit">Send</Button>
        </div>
        <output id="console-combo-reason" className="block text-xs text-muted empty:hidden">
          {reason}
        </output>
        <p className="text-xs text-faint">What you send here is kept in this browser for the next time.</p>
      </form>
    </>
  )
}

/** Key combinations that never reach the page when they are typed. */
export function KeysMenu({ disabled, onSend }: { disabled: string | null; onSend: SendKeys }) {
  return (
    <Popover
      title="Send keys"
      align="start"
      triggerLabel="Send keys"
      triggerClass={TOOL}
      trigger={
        <>
          <Keyboard aria-hidden size={14} strokeWidth={1.75} />
          <span className="console-word">Keys</span>
        </>
      }
    >
      {disabled === null ? (
        <div className="w-[300px] max-w-full space-y-3">
          <div className="grid grid-cols-2 gap-1.5">
            {USUAL.map((text) => (
              <ComboButton key={text} text={text} onSend={onSend} />
            ))}
          </div>
          <NewCombo onSend={onSend} />
        </div>
      ) : (
        <p className="max-w-64 text-muted">{disabled}</p>
      )}
    </Popover>
  )
}
