'use client'

import { useSyncExternalStore } from 'react'

/** A preference of this browser: one of a few words, mirrored on `<html data-…>` so that CSS can act on it. */
export interface ChoiceDefinition<Value extends string> {
  /** The localStorage key, and the name of the data attribute. */
  key: string
  values: readonly Value[]
  /** Holds while nothing is stored; the attribute is then absent. */
  fallback: Value
}

const listeners = new Set<() => void>()

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    // Storage may be forbidden by the browser's settings: the choice then lasts as long as the page.
    return document.documentElement.getAttribute(`data-${key}`)
  }
}

function read<Value extends string>({ key, values, fallback }: ChoiceDefinition<Value>): Value {
  const text = stored(key)
  return values.find((value) => value === text) ?? fallback
}

function mirror({ key, fallback }: ChoiceDefinition<string>, value: string): void {
  const html = document.documentElement
  if (value === fallback) html.removeAttribute(`data-${key}`)
  else html.setAttribute(`data-${key}`, value)
}

function write<Value extends string>(definition: ChoiceDefinition<Value>, value: Value): void {
  mirror(definition, value)
  try {
    localStorage.setItem(definition.key, value)
  } catch {
    // As above: the attribute alone holds the choice.
  }
  for (const tell of listeners) tell()
}

function subscribe(definition: ChoiceDefinition<string>, tell: () => void): () => void {
  const fromOtherTab = (event: StorageEvent) => {
    if (event.key !== definition.key) return
    mirror(definition, read(definition))
    tell()
  }
  listeners.add(tell)
  addEventListener('storage', fromOtherTab)
  return () => {
    listeners.delete(tell)
    removeEventListener('storage', fromOtherTab)
  }
}

/** The choice and how to change it; follows the other tabs of this browser. */
export function useStoredChoice<Value extends string>(
  definition: ChoiceDefinition<Value>,
): readonly [Value, (value: Value) => void] {
  const value = useSyncExternalStore(
    (tell) => subscribe(definition, tell),
    () => read(definition),
    () => definition.fallback,
  )
  return [value, (next) => write(definition, next)]
}
