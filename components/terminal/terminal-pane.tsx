'use client'

import { useEffect, useRef, useState } from 'react'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useStoredChoice } from '../ui/stored-choice.ts'
import { FONT_SIZE } from './terminal-choices.ts'
import { GuestLink, ShellEnd, ShellHead } from './shell-lines.tsx'
import { TerminalTools } from './terminal-tools.tsx'
import type { TerminalLook, TerminalView } from './terminal-view.ts'
import { overWords, refusalWords } from './terminal-words.ts'
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

interface PaneProps {
  vm: Vm
  /** The VM can be expected to answer. */
  ready: boolean
  /** The fleet has the VM no longer. */
  gone: boolean
  label: string
}

/** One shell: its terminal, its tools, and how it stands. */
export function TerminalPane({ vm, ready, gone, label }: PaneProps) {
  const host = useRef<HTMLElement>(null)
  const view = useRef<TerminalView>(null)
  const find = useRef<HTMLInputElement>(null)
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
    let left = false
    void import('./terminal-view.ts').then(({ createTerminalView }) => {
      if (left) return
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
        onLeave: () => find.current?.focus(),
      })
      view.current.focus()
    })
    return () => {
      left = true
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

  const again = () => {
    view.current?.again()
    view.current?.focus()
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TerminalTools view={view} find={find} open={state.at === 'open'} />
      <ShellHead state={state} />
      <section ref={host} aria-label={label} className="terminal-host min-h-0 flex-1 overflow-hidden p-2" />
      <GuestLink link={link} onDone={() => setLink(null)} />
      <ShellEnd state={state} onAgain={gone ? undefined : again} />
    </div>
  )
}
