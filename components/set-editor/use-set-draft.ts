'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import { problemsOf } from './document/check.ts'
import type { FieldProblem } from './document/field-problem.ts'
import { parseText } from './document/set-text.ts'
import type { ParsedText } from './document/set-text.ts'
import { canKeepDrafts, keepDraft, loadDraft } from './draft.ts'
import type { Draft } from './draft.ts'

/** The document under work: one text, which the form and the editor both show and change. */
export interface SetDraft extends Draft {
  parsed: ParsedText
  /** The last text that could be read: what the form shows while the present one cannot. */
  readable: ParsedText
  value: CocoonSet
  problems: readonly FieldProblem[]
  dirty: boolean
  /** The draft is from before a reload, and nothing was changed since. */
  restored: boolean
  /** False when the browser refuses to keep it. */
  kept: boolean
  change: (edit: (text: string) => string) => void
  /** The draft rests on another version of the set from now on, or on none; `origin` is that version as it is. */
  rebase: (draft: Draft, origin: Draft) => void
  /** Back to what it began from. */
  discard: () => void
}

interface State extends Draft {
  readableText: string
  /** What is edited, without any change. */
  origin: Draft
  restored: boolean
}

const asReadable = (text: string, before: string) => (parseText(text).faults.length === 0 ? text : before)

function firstState(key: string, start: Draft): State {
  const kept = loadDraft(key)
  const restored = kept !== null && kept.text !== start.text
  const draft = restored ? kept : start
  return { ...draft, readableText: asReadable(draft.text, start.text), origin: start, restored }
}

/** `key` names the draft in this tab; `first` is what is edited when there is none. */
export function useSetDraft(key: string, first: Draft): SetDraft {
  const [state, setState] = useState(() => firstState(key, first))
  const [kept] = useState(canKeepDrafts)
  const { text, base, readableText, origin, restored } = state
  const dirty = text !== origin.text
  const parsed = useMemo(() => parseText(text), [text])
  const readable = useMemo(
    () => (readableText === text ? parsed : parseText(readableText)),
    [parsed, readableText, text],
  )
  const value = readable.value as CocoonSet
  const start = useMemo(() => parseText(origin.text).value, [origin.text])
  const problems = useMemo(() => problemsOf(value, base as CocoonSet | null, start), [value, base, start])
  useEffect(() => keepDraft(key, dirty ? { text, base } : null), [key, dirty, text, base])
  const change = useCallback((edit: (text: string) => string) => {
    setState((before) => {
      const next = edit(before.text)
      if (next === before.text) return before
      return { ...before, text: next, readableText: asReadable(next, before.readableText), restored: false }
    })
  }, [])
  const rebase = useCallback((draft: Draft, from: Draft) => {
    setState(({ readableText: last }) => ({
      ...draft,
      readableText: asReadable(draft.text, last),
      origin: from,
      restored: false,
    }))
  }, [])
  const discard = useCallback(() => {
    setState(({ origin: from }) => ({ ...from, readableText: from.text, origin: from, restored: false }))
  }, [])
  return { text, base, parsed, readable, value, problems, dirty, restored, kept, change, rebase, discard }
}
