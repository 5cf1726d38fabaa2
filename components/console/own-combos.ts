'use client'

import { useSyncExternalStore } from 'react'
import { parseCombo } from './input/key-combo.ts'

const KEY = 'console-combos'
const MOST = 12
const listeners = new Set<() => void>()
const NONE: readonly string[] = []

let cache = { text: '', combos: NONE }

function stored(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    // Storage may be forbidden: the combinations then last as long as the page.
    return cache.text
  }
}

/** What is stored may be of another version, or of somebody's hand: only what reads as keys counts. */
export function readCombos(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text === '' ? '[]' : text)
    if (!Array.isArray(list)) return NONE
    const read = list.slice(0, MOST).map((item) => parseCombo(String(item)))
    return [...new Set(read.flatMap((combo) => (combo.ok ? [combo.text] : [])))]
  } catch {
    return NONE
  }
}

function snapshot(): readonly string[] {
  const text = stored()
  if (text !== cache.text) cache = { text, combos: readCombos(text) }
  return cache.combos
}

function keep(combos: readonly string[]): void {
  const text = JSON.stringify(combos.slice(0, MOST))
  cache = { text, combos: readCombos(text) }
  try {
    localStorage.setItem(KEY, text)
  } catch {
    // As above.
  }
  for (const tell of listeners) tell()
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  addEventListener('storage', tell)
  return () => {
    listeners.delete(tell)
    removeEventListener('storage', tell)
  }
}

/** The key combinations that were added in this browser, and how to change them. */
export function useOwnCombos() {
  const combos = useSyncExternalStore(subscribe, snapshot, () => NONE)
  return {
    combos,
    full: combos.length >= MOST,
    add: (text: string) => keep([...combos, text]),
    remove: (text: string) => keep(combos.filter((combo) => combo !== text)),
  }
}
