'use client'

import { ChevronDown, ChevronUp, ClipboardPaste, Copy, Search } from 'lucide-react'
import { useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { IconButton } from '../ui/button.tsx'
import { useStoredChoice } from '../ui/stored-choice.ts'
import { FONT_SIZE, FONT_SIZES } from './terminal-choices.ts'
import type { TerminalView } from './terminal-view.ts'

interface ToolsProps {
  view: RefObject<TerminalView | null>
  /** The field of the search: where the focus goes that leaves the terminal. */
  find: RefObject<HTMLInputElement | null>
  open: boolean
}

/** Finding, copying, pasting, and the size of letters. */
export function TerminalTools({ view, find: box, open }: ToolsProps) {
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const [fontSize, setFontSize] = useStoredChoice(FONT_SIZE)
  const find = (forward: boolean) => {
    if (text !== '') setSaid(view.current?.find(text, forward) === true ? '' : 'not found')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') find(event.shiftKey)
    if (event.key === 'Escape') view.current?.focus()
  }
  const copy = async () => {
    const selection = view.current?.selection() ?? ''
    if (selection === '') return setSaid('nothing is selected')
    await navigator.clipboard.writeText(selection).then(
      () => setSaid('copied'),
      () => setSaid('the browser does not let it be copied'),
    )
  }
  const paste = async () => {
    const pasted = await navigator.clipboard.readText().catch(() => null)
    if (pasted === null) return setSaid('the browser does not let this page read the clipboard: press Ctrl-V')
    view.current?.paste(pasted)
    view.current?.focus()
  }
  return (
    <div
      role="toolbar"
      aria-label="Terminal"
      className="flex flex-wrap items-center gap-2 border-b border-line px-2.5 py-2"
    >
      <search className="flex h-8 min-w-0 flex-1 basis-40 items-center gap-1 rounded-lg border border-line bg-panel pr-1 pl-2.5 focus-within:border-accent max-tablet:h-10">
        <Search aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-faint" />
        <input
          ref={box}
          type="text"
          aria-label="Find in the terminal"
          placeholder="Find"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setSaid('')
          }}
          {...{ onKeyDown }}
          className="min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-faint max-tablet:text-[16px]"
        />
        <IconButton label="Older" className="!size-6" disabled={text === ''} onClick={() => find(false)}>
          <ChevronUp aria-hidden size={14} strokeWidth={1.75} />
        </IconButton>
        <IconButton label="Newer" className="!size-6" disabled={text === ''} onClick={() => find(true)}>
          <ChevronDown aria-hidden size={14} strokeWidth={1.75} />
        </IconButton>
      </search>
      <output className="text-xs text-muted empty:hidden">{said}</output>
      <IconButton label="Copy what is selected" look="outline" onClick={() => void copy()}>
        <Copy aria-hidden size={14} strokeWidth={1.75} />
      </IconButton>
      <IconButton label="Paste" look="outline" disabled={!open} onClick={() => void paste()}>
        <ClipboardPaste aria-hidden size={14} strokeWidth={1.75} />
      </IconButton>
      <select
        aria-label="Size of letters"
        value={fontSize}
        onChange={({ target }) => {
          const size = FONT_SIZES.find((each) => each === target.value)
          if (size !== undefined) setFontSize(size)
        }}
        className="h-8 rounded-lg border border-line bg-panel px-2 text-sm max-tablet:h-10 max-tablet:text-[16px]"
      >
        {FONT_SIZES.map((size) => (
          <option key={size} value={size}>
            {size} px
          </option>
        ))}
      </select>
    </div>
  )
}
