import { ALT_GR, KEYSYMS } from './keysyms.ts'
import type { Stroke } from './strokes.ts'

export type SendKey = (keysym: number, code: string | null, down: boolean) => void

/** Every modifier that may be down in the guest, wherever it was pressed. */
const MODIFIERS: readonly (readonly [keysym: number, code: string])[] = [
  [KEYSYMS.ShiftLeft, 'ShiftLeft'],
  [KEYSYMS.ShiftRight, 'ShiftRight'],
  [KEYSYMS.ControlLeft, 'ControlLeft'],
  [KEYSYMS.ControlRight, 'ControlRight'],
  [KEYSYMS.AltLeft, 'AltLeft'],
  [KEYSYMS.AltRight, 'AltRight'],
  [ALT_GR, 'AltRight'],
  [KEYSYMS.MetaLeft, 'MetaLeft'],
  [KEYSYMS.MetaRight, 'MetaRight'],
]

/** Lets go of all of them, whether they are down or not. */
export function releaseModifiers(send: SendKey): void {
  for (const [keysym, code] of MODIFIERS) send(keysym, code, false)
}

interface Held {
  shift: boolean
  altGr: boolean
}

/** Presses what the stroke needs and is not down, lets go of what it does not. */
function hold(send: SendKey, held: Held, { shift, altGr }: Held): void {
  if (held.shift !== shift) send(KEYSYMS.ShiftLeft, 'ShiftLeft', shift)
  if (held.altGr !== altGr) send(ALT_GR, 'AltRight', altGr)
  held.shift = shift
  held.altGr = altGr
}

interface TypingOptions {
  /** Between two characters. Guests with slow consoles lose keys that come faster than they read. */
  pause(): Promise<void>
  signal: AbortSignal
  onTyped(count: number): void
}

/**
 * Types characters into the guest, one after the other; modifiers are let go of before the first and after the
 * last, and when it is called off. Resolves with the number of characters typed.
 */
export async function typeStrokes(
  send: SendKey,
  characters: readonly (readonly Stroke[])[],
  { pause, signal, onTyped }: TypingOptions,
): Promise<number> {
  const held: Held = { shift: false, altGr: false }
  let typed = 0
  releaseModifiers(send)
  try {
    for (const strokes of characters) {
      if (signal.aborted) break
      for (const stroke of strokes) {
        hold(send, held, stroke)
        send(stroke.keysym, stroke.code, true)
        send(stroke.keysym, stroke.code, false)
      }
      typed += 1
      onTyped(typed)
      await pause()
    }
  } finally {
    releaseModifiers(send)
  }
  return typed
}
