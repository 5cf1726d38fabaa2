'use client'

import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, KeyboardIcon } from 'lucide-react'
import { useRef, useState } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { KEYSYMS } from './input/keysyms.ts'
import { strokesOf } from './input/strokes.ts'
import { typedDifference } from './input/typed-difference.ts'
import { PRESSED as TOGGLED } from './tool-classes.ts'
import type { GuestScreen } from './session/guest-screen.ts'

const STICKY = ['ControlLeft', 'AltLeft', 'ShiftLeft', 'MetaLeft'] as const
type Sticky = (typeof STICKY)[number]
const STICKY_WORDS: Record<Sticky, string> = {
  ControlLeft: 'Ctrl',
  AltLeft: 'Alt',
  ShiftLeft: 'Shift',
  MetaLeft: 'Super',
}

const PRESSED: readonly { code: keyof typeof KEYSYMS; label: string; shown: ReactNode }[] = [
  { code: 'Escape', label: 'Escape', shown: 'Esc' },
  { code: 'Tab', label: 'Tab', shown: 'Tab' },
  { code: 'ArrowLeft', label: 'Left', shown: <ArrowLeft aria-hidden size={16} /> },
  { code: 'ArrowDown', label: 'Down', shown: <ArrowDown aria-hidden size={16} /> },
  { code: 'ArrowUp', label: 'Up', shown: <ArrowUp aria-hidden size={16} /> },
  { code: 'ArrowRight', label: 'Right', shown: <ArrowRight aria-hidden size={16} /> },
]

/** Something to take away, so that a phone's keyboard has a Backspace to tell of. */
const FILLING = '________'

/** The keys that a phone's keyboard does not have, and the way to that keyboard. Ctrl and the like hold for one key. */
export function TouchKeys({ screen }: { screen: GuestScreen }) {
  const [held, setHeld] = useState<ReadonlySet<Sticky>>(new Set())
  const field = useRef<HTMLTextAreaElement>(null)
  const before = useRef(FILLING)
  const send = screen.key

  const press = (keysym: number, code: string | null) => {
    send(keysym, code, true)
    send(keysym, code, false)
    for (const key of held) send(KEYSYMS[key], key, false)
    setHeld(new Set())
  }
  const toggle = (key: Sticky) => {
    const next = new Set(held)
    const down = !next.delete(key)
    if (down) next.add(key)
    send(KEYSYMS[key], key, down)
    setHeld(next)
  }
  const onInput = (after: string) => {
    const { backspaces, text } = typedDifference(before.current, after)
    for (let count = 0; count < backspaces; count += 1) press(KEYSYMS.Backspace, 'Backspace')
    for (const char of text) {
      for (const { keysym, code } of strokesOf(char, 'keysyms') ?? []) press(keysym, code)
    }
    before.current = after
    // While the keyboard composes a word the field is its own; an empty or long one is filled anew.
    if (field.current !== null && (after.length < 2 || after.length > 200)) {
      field.current.value = FILLING
      before.current = FILLING
    }
  }
  const openKeyboard = () => {
    const { current } = field
    if (current === null) return
    screen.focusByTouch(false)
    current.focus()
    // What is typed is told by what changed at the end; browsers begin at the start.
    current.setSelectionRange(current.value.length, current.value.length)
  }
  // A button that took the focus would send the phone's keyboard away between Ctrl and C.
  const onMouseDown = (event: MouseEvent) => event.preventDefault()
  return (
    <fieldset aria-label="Keys of the VM" className="console-touch" {...{ onMouseDown }}>
      <Button aria-label="Keyboard" className="!h-10 !w-11 !px-0 shrink-0" onClick={openKeyboard}>
        <KeyboardIcon aria-hidden size={17} strokeWidth={1.75} />
      </Button>
      {STICKY.map((key) => (
        <Button
          key={key}
          aria-pressed={held.has(key)}
          className={`!h-10 !px-2 ${TOGGLED}`}
          onClick={() => toggle(key)}
        >
          {STICKY_WORDS[key]}
        </Button>
      ))}
      {PRESSED.map(({ code, label, shown }) => (
        <Button
          key={code}
          aria-label={label}
          className="!h-10 !px-2"
          onClick={() => press(KEYSYMS[code], code)}
        >
          {shown}
        </Button>
      ))}
      <textarea
        ref={field}
        aria-label="Typed into the VM"
        tabIndex={-1}
        defaultValue={FILLING}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        className="pointer-events-none absolute size-px opacity-0"
        onBlur={() => screen.focusByTouch(true)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </fieldset>
  )
}
