'use client'

import { setDiagnostics } from '@codemirror/lint'
import type { Diagnostic } from '@codemirror/lint'
import { Annotation, EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useEffectEvent, useId, useRef } from 'react'
import { editorExtensions } from './editor-extensions.ts'
import { textChange } from './text-change.ts'

/** Marks what the page puts into the editor, as opposed to what a person types there. */
const FROM_PAGE = Annotation.define<true>()

/** A text under work. What is wrong with it stands under its words, and in the margin. */
export function YamlEditor({
  text,
  diagnostics,
  onChange,
}: {
  text: string
  diagnostics: readonly Diagnostic[]
  onChange: (text: string) => void
}) {
  const hintId = useId()
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const tell = useEffectEvent((typed: string) => onChange(typed))
  const begin = useEffectEvent((parent: HTMLElement) => {
    const listener = EditorView.updateListener.of(({ docChanged, state, transactions }) => {
      const ours = transactions.some((transaction) => transaction.annotation(FROM_PAGE))
      if (docChanged && !ours) tell(state.doc.toString())
    })
    const extensions = [editorExtensions('The set as YAML', hintId), listener]
    return new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) })
  })
  useEffect(() => {
    if (host.current === null) return undefined
    const made = begin(host.current)
    view.current = made
    return () => {
      view.current = null
      made.destroy()
    }
  }, [])
  useEffect(() => {
    const change = view.current === null ? null : textChange(view.current.state.doc.toString(), text)
    if (change !== null) view.current?.dispatch({ changes: change, annotations: FROM_PAGE.of(true) })
  }, [text])
  useEffect(() => {
    if (view.current === null) return
    const end = view.current.state.doc.length
    const inside = diagnostics.filter(({ to }) => to <= end)
    view.current.dispatch(setDiagnostics(view.current.state, inside))
  }, [diagnostics])
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div ref={host} className="min-h-0 flex-1 overflow-hidden" />
      <p id={hintId} className="border-t border-line px-3 py-1.5 text-2xs text-faint">
        Ctrl-Space completes, Ctrl-F searches. Tab indents; Esc, then Tab, leaves the editor, or Ctrl-M and
        then Tab.
      </p>
    </div>
  )
}
