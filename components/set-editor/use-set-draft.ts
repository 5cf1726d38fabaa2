'use client'

import { useCallback, useMemo, useState } from 'react'
import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import { problemsOf } from './document/check.ts'
import type { FieldProblem } from './document/check.ts'
import { parseText } from './document/set-text.ts'
import type { ParsedText } from './document/set-text.ts'
import { keepDraft, loadDraft } from './draft.ts'
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
  /** Another version of the set, or none, is what the draft rests on from now on. */
  rebase: (draft: Draft, clean: string) => void
  /** Back to what it began from. */
  discard: () => void
}

interface State extends Draft {
  readableText: string
  /** The text that has no changes. */
  clean: string
  restored: boolean
  kept: boolean
}

const asReadable = (text: string, before: string) => (parseText(text).faults.length === 0 ? text : before)

function firstState(key: string, start: Draft): State {
  const kept = loadDraft(key)
  const there = kept !== null && kept.text !== start.text
  const draft = there ? kept : start
  return {
    ...draft,
    readableText: asReadable(draft.text, start.text),
    clean: start.text,
    restored: there,
    kept: true,
  }
}

/** `key` names the draft in this tab; `start` is what is edited when there is none. */
export function useSetDraft(key: string, start: Draft): SetDraft {
  const [state, setState] = useState(() => firstState(key, start))
  const { text, base, readableText, clean, restored, kept } = state
  const parsed = useMemo(() => parseText(text), [text])
  const readable = useMemo(
    () => (readableText === text ? parsed : parseText(readableText)),
    [parsed, readableText, text],
  )
  const value = readable.value as CocoonSet
  const problems = useMemo(() => problemsOf(value, base as CocoonSet | null), [value, base])
  const change = useCallback(
    (edit: (text: string) => string) => {
      setState((before) => {
        const next = edit(before.text)
        if (next === before.text) return before
        const isClean = next === before.clean
        const wasKept = keepDraft(key, isClean ? null : { text: next, base: before.base })
        const readableNext = asReadable(next, before.readableText)
        return { ...before, text: next, readableText: readableNext, restored: false, kept: wasKept }
      })
    },
    [key],
  )
  const rebase = useCallback(
    (draft: Draft, cleanText: string) => {
      const wasKept = keepDraft(key, draft.text === cleanText ? null : draft)
      setState((before) => ({
        ...draft,
        readableText: asReadable(draft.text, before.readableText),
        clean: cleanText,
        restored: false,
        kept: wasKept,
      }))
    },
    [key],
  )
  const discard = () => {
    keepDraft(key, null)
    setState({ ...start, readableText: start.text, clean: start.text, restored: false, kept: true })
  }
  const dirty = text !== clean
  return { text, base, parsed, readable, value, problems, dirty, restored, kept, change, rebase, discard }
}
