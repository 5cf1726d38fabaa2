const NAMES: Readonly<Record<number, string>> = {
  0xff08: 'Backspace',
  0xff09: 'Tab',
  0xff0d: 'Enter',
  0xff1b: 'Escape',
  0xff50: 'Home',
  0xff51: 'Left',
  0xff52: 'Up',
  0xff53: 'Right',
  0xff54: 'Down',
  0xff55: 'Page up',
  0xff56: 'Page down',
  0xff57: 'End',
  0xff63: 'Insert',
  0xff8d: 'Enter',
  0xffff: 'Delete',
}

const MODIFIERS: Readonly<Record<number, string>> = {
  0xffe3: 'Ctrl',
  0xffe4: 'Ctrl',
  0xffe9: 'Alt',
  0xffea: 'Alt',
  0xffeb: 'Super',
  0xffec: 'Super',
  0xffe1: 'Shift',
  0xffe2: 'Shift',
}

/** The character that a keysym of X11 types; '' for keys that type none. */
export function characterOf(keysym: number): string {
  if ((keysym >= 0x20 && keysym <= 0x7e) || (keysym >= 0xa0 && keysym <= 0xff))
    return String.fromCodePoint(keysym)
  const point = keysym - 0x0100_0000
  return point >= 0x100 && point <= 0x10_ffff ? String.fromCodePoint(point) : ''
}

/** Its modifier's name, or ''. */
export const modifierOf = (keysym: number) => MODIFIERS[keysym] ?? ''

/** What a person calls the key: its name, the character, or its number. */
export function keyName(keysym: number): string {
  if (keysym >= 0xffbe && keysym <= 0xffc9) return `F${keysym - 0xffbd}`
  if (keysym === 0x20) return 'Space'
  return NAMES[keysym] ?? (characterOf(keysym) || `0x${keysym.toString(16)}`)
}
