'use client'

import { ClipboardType } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/format-count.ts'
import { Popover } from '../ui/popover.tsx'
import { useStoredChoice } from '../ui/stored-choice.ts'
import { LAYOUT, PACE } from './console-choices.ts'
import type { Pace } from './console-choices.ts'
import { characterList } from './input/character-list.ts'
import { LAYOUT_NAMES, LAYOUTS } from './input/layouts.ts'
import type { Layout } from './input/layouts.ts'
import { planTyping } from './input/strokes.ts'
import { TOOL } from './tool-classes.ts'
import { typeStrokes } from './input/type-text.ts'
import type { SendKey } from './input/type-text.ts'

const PACES: Record<Pace, { words: string; ms: number }> = {
  normal: { words: '40 a second', ms: 25 },
  slow: { words: '8 a second, for slow guests', ms: 125 },
}

const MOST_CHARACTERS = 20_000

const pauseOf = (ms: number) => () => new Promise<void>((resolve) => setTimeout(resolve, ms))

const cannotWords = (cannot: readonly string[], layout: Layout) =>
  `${LAYOUT_NAMES[layout]} has no key for ${characterList(cannot)}: left out.`

function Form({ onKey }: { onKey: SendKey }) {
  const [text, setText] = useState('')
  const [layout, setLayout] = useStoredChoice(LAYOUT)
  const [pace, setPace] = useStoredChoice(PACE)
  const [typed, setTyped] = useState<number | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const { strokes, cannot } = planTyping(text, layout)
  const begin = () => {
    const stop = new AbortController()
    running.current = stop
    setTyped(0)
    const options = { pause: pauseOf(PACES[pace].ms), signal: stop.signal, onTyped: setTyped }
    void typeStrokes(onKey, strokes, options).finally(() => {
      running.current = null
      setTyped(null)
      if (!stop.signal.aborted) setText('')
    })
  }
  return (
    <div className="w-[min(330px,calc(100vw-50px))] space-y-2.5">
      <textarea
        aria-label="Text to type"
        rows={5}
        maxLength={MOST_CHARACTERS}
        spellCheck={false}
        placeholder="Typed into the VM key by key, also where it has no clipboard"
        value={text}
        disabled={typed !== null}
        className="field h-auto w-full resize-y py-2 font-mono !text-xs"
        onChange={(event) => setText(event.target.value)}
      />
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-1.5">
        <label htmlFor="console-layout">Keyboard of the VM</label>
        <select
          id="console-layout"
          value={layout}
          className="field min-w-0"
          onChange={(event) => setLayout(event.target.value as Layout)}
        >
          {LAYOUTS.map((id) => (
            <option key={id} value={id}>
              {LAYOUT_NAMES[id]}
            </option>
          ))}
        </select>
        <label htmlFor="console-pace">Characters</label>
        <select
          id="console-pace"
          value={pace}
          className="field min-w-0"
          onChange={(event) => setPace(event.target.value as Pace)}
        >
          {PACE.values.map((id) => (
            <option key={id} value={id}>
              {PACES[id].words}
            </option>
          ))}
        </select>
      </div>
      <output data-phase="unreachable" className="block text-xs wrap-anywhere text-phase-ink empty:hidden">
        {cannot.length > 0 && <bdi>{cannotWords(cannot, layout)}</bdi>}
      </output>
      <div className="flex items-center justify-end gap-2">
        {typed === null ? (
          <Button look="primary" disabled={strokes.length === 0} onClick={begin}>
            {strokes.length === 0 ? 'Type' : `Type ${formatCount(strokes.length)}`}
          </Button>
        ) : (
          <>
            <output className="mr-auto text-xs text-muted tabular-nums">
              {formatCount(typed)} of {formatCount(strokes.length)}. Closing this stops it.
            </output>
            <Button onClick={() => running.current?.abort()}>Stop</Button>
          </>
        )}
      </div>
    </div>
  )
}

/** A text typed as keys, for guests without a clipboard: login screens, installers, firmware. */
export function TypeText({ disabled, onKey }: { disabled: string | null; onKey: SendKey }) {
  return (
    <Popover
      title="Type text"
      align="start"
      triggerLabel="Type text"
      triggerClass={TOOL}
      trigger={
        <>
          <ClipboardType aria-hidden size={14} strokeWidth={1.75} />
          <span className="console-word">Type text</span>
        </>
      }
    >
      {disabled === null ? <Form onKey={onKey} /> : <p className="max-w-64 text-muted">{disabled}</p>}
    </Popover>
  )
}
