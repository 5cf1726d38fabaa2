import { ALT_GR, charKeysym, functionKeysym, KEYSYMS } from './keysyms.ts'

/** A key as the VNC server is told of it. */
export interface Key {
  keysym: number
  code: string
}

const named = (code: keyof typeof KEYSYMS): Key => ({ keysym: KEYSYMS[code], code })

/** The names that people write, in lower case. */
const NAMES: Record<string, Key> = {
  ctrl: named('ControlLeft'),
  control: named('ControlLeft'),
  alt: named('AltLeft'),
  altgr: { keysym: ALT_GR, code: 'AltRight' },
  shift: named('ShiftLeft'),
  super: named('MetaLeft'),
  win: named('MetaLeft'),
  cmd: named('MetaLeft'),
  meta: named('MetaLeft'),
  esc: named('Escape'),
  escape: named('Escape'),
  tab: named('Tab'),
  enter: named('Enter'),
  return: named('Enter'),
  space: { keysym: 0x20, code: 'Space' },
  plus: { keysym: charKeysym('+'), code: 'Equal' },
  backspace: named('Backspace'),
  del: named('Delete'),
  delete: named('Delete'),
  ins: named('Insert'),
  insert: named('Insert'),
  home: named('Home'),
  end: named('End'),
  pageup: named('PageUp'),
  pagedown: named('PageDown'),
  up: named('ArrowUp'),
  down: named('ArrowDown'),
  left: named('ArrowLeft'),
  right: named('ArrowRight'),
  print: named('PrintScreen'),
  pause: named('Pause'),
  menu: named('ContextMenu'),
  capslock: named('CapsLock'),
}

const PUNCTUATION: Record<string, string> = {
  '-': 'Minus',
  '=': 'Equal',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  ';': 'Semicolon',
  "'": 'Quote',
  '\\': 'Backslash',
  '`': 'Backquote',
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
}

function keyNamed(name: string): Key | null {
  const lower = name.toLowerCase()
  if (Object.hasOwn(NAMES, lower)) return NAMES[lower] ?? null
  const number = /^f([1-9]|1[0-2])$/.exec(lower)?.[1]
  if (number !== undefined) return { keysym: functionKeysym(Number(number)), code: `F${number}` }
  if (/^[a-z]$/.test(lower)) return { keysym: charKeysym(lower), code: `Key${lower.toUpperCase()}` }
  if (/^[0-9]$/.test(lower)) return { keysym: charKeysym(lower), code: `Digit${lower}` }
  const code = Object.hasOwn(PUNCTUATION, lower) ? PUNCTUATION[lower] : undefined
  return code === undefined ? null : { keysym: charKeysym(lower), code }
}

const MOST_KEYS = 5

export type Combo = { ok: true; keys: Key[]; text: string } | { ok: false; reason: string }

/** As keyboards write them, where that is not one capital. */
const WRITTEN: Record<string, string> = {
  altgr: 'AltGr',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  capslock: 'CapsLock',
}

function written(name: string): string {
  const lower = name.toLowerCase()
  return WRITTEN[lower] ?? lower.charAt(0).toUpperCase() + lower.slice(1)
}

/** Reads "Ctrl + Alt + Del"; otherwise says which part is not a key. */
export function parseCombo(text: string): Combo {
  const parts = text.split('+').map((part) => part.trim())
  if (text.trim() === '') return { ok: false, reason: 'Write keys with a plus between them: Ctrl+Alt+F2.' }
  if (parts.length > MOST_KEYS) return { ok: false, reason: `At most ${MOST_KEYS} keys at a time.` }
  const keys: Key[] = []
  for (const part of parts) {
    const key = keyNamed(part)
    if (key === null) {
      const what = part === '' ? 'An empty place between two plus signs' : `“${part.slice(0, 20)}”`
      return { ok: false, reason: `${what} is no key. Use Plus for the plus sign.` }
    }
    keys.push(key)
  }
  return { ok: true, keys, text: parts.map(written).join('+') }
}

/** Presses the keys in order and lets go of them in the opposite one. */
export function sendCombo(send: (keysym: number, code: string, down: boolean) => void, keys: readonly Key[]) {
  for (const { keysym, code } of keys) send(keysym, code, true)
  for (const { keysym, code } of keys.toReversed()) send(keysym, code, false)
}
