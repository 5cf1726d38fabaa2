'use client'

import { useEffect, useRef, useState } from 'react'
import type { Vm } from '../../lib/fleet/vm.ts'
import { Button } from '../ui/button.tsx'
import { useStoredChoice } from '../ui/stored-choice.ts'
import { FONT_SIZE } from './terminal-choices.ts'
import { TerminalTools } from './terminal-tools.tsx'
import type { TerminalLook, TerminalView } from './terminal-view.ts'
import { modeWords, overWords, refusalWords } from './terminal-words.ts'
import type { ShellState } from './terminal-words.ts'

function lookOf(host: HTMLElement, fontSize: number): TerminalLook {
  const style = getComputedStyle(host)
  return {
    fontSize,
    fontFamily: style.fontFamily,
    colours: {
      background: style.backgroundColor,
      foreground: style.color,
      cursor: style.caretColor,
      selection: style.getPropertyValue('outline-color'),
    },
  }
}

/** One shell: its terminal, its tools, and how it stands. */
export function TerminalPane({ vm, ready, label }: { vm: Vm; ready: boolean; label: string }) {
  const host = useRef<HTMLElement>(null)
  const view = useRef<TerminalView>(null)
  const [state, setState] = useState<ShellState>({ at: 'opening' })
  const [link, setLink] = useState<string | null>(null)
  const [choice] = useStoredChoice(FONT_SIZE)
  const fontSize = Number(choice)
  const first = useRef({ vm, fontSize })

  // The terminal is a world of its own: it is made once, and told of changes.
  useEffect(() => {
    const element = host.current
    if (element === null) return
    const { vm: whose, fontSize: size } = first.current
    let gone = false
    void import('./terminal-view.ts').then(({ createTerminalView }) => {
      if (gone) return
      view.current = createTerminalView(element, whose, lookOf(element, size), {
        onStart: () => setState({ at: 'opening' }),
        onMode: (mode) => setState({ at: 'open', mode }),
        onOver: (over) =>
          setState({
            at: 'over',
            asleep: 'end' in over && over.end === 'hibernating',
            ...('refusal' in over ? refusalWords(over.refusal) : overWords(over.end, over.exit)),
          }),
        onLink: setLink,
      })
      view.current.focus()
    })
    return () => {
      gone = true
      view.current?.dispose()
      view.current = null
    }
  }, [])
  useEffect(() => {
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const apply = () => host.current && view.current?.setLook(lookOf(host.current, fontSize))
    const themes = new MutationObserver(apply)
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    scheme.addEventListener('change', apply)
    apply()
    return () => {
      themes.disconnect()
      scheme.removeEventListener('change', apply)
    }
  }, [fontSize])

  const asleep = state.at === 'over' && state.asleep
  const slept = useRef(false)
  // The shell hears of it before the list does: only a VM that was seen asleep has woken.
  useEffect(() => {
    if (asleep && ready && slept.current) view.current?.again()
    slept.current = asleep && !ready
  }, [ready, asleep])

  const words = state.at === 'open' ? modeWords(state.mode) : null
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TerminalTools view={view} open={state.at === 'open'} />
      <section ref={host} aria-label={label} className="terminal-host min-h-0 flex-1 overflow-hidden p-2" />
      {link !== null && (
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-3.5 py-2 text-sm">
          <span className="min-w-0 flex-1 wrap-anywhere">
            The guest wrote this link: <bdi className="font-mono text-xs">{link}</bdi>
          </span>
          <Button
            onClick={() => {
              window.open(link, '_blank', 'noopener,noreferrer')
              setLink(null)
            }}
          >
            Open it
          </Button>
          <Button look="quiet" onClick={() => setLink(null)}>
            Leave it
          </Button>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line px-3.5 py-2 text-xs text-muted">
        <output className="min-w-0 flex-1 basis-64">
          {state.at === 'opening' && 'Opening a shell…'}
          {words !== null && (
            <>
              <strong className="font-bold text-text">{words.label}.</strong> {words.detail}
            </>
          )}
          {state.at === 'over' && (
            <>
              <strong className="font-bold text-text">{state.title}.</strong> <bdi>{state.detail}</bdi>
            </>
          )}
        </output>
        {state.at === 'over' && (
          <Button look="primary" onClick={() => view.current?.again()}>
            New shell
          </Button>
        )}
      </div>
    </div>
  )
}
