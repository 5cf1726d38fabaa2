/** X11 keysyms of what has no character, by the names that browsers use for the keys (KeyboardEvent.code). */
export const KEYSYMS = {
  Backspace: 0xff08,
  Tab: 0xff09,
  Enter: 0xff0d,
  Pause: 0xff13,
  Escape: 0xff1b,
  Home: 0xff50,
  ArrowLeft: 0xff51,
  ArrowUp: 0xff52,
  ArrowRight: 0xff53,
  ArrowDown: 0xff54,
  PageUp: 0xff55,
  PageDown: 0xff56,
  End: 0xff57,
  PrintScreen: 0xff61,
  Insert: 0xff63,
  ContextMenu: 0xff67,
  ShiftLeft: 0xffe1,
  ShiftRight: 0xffe2,
  ControlLeft: 0xffe3,
  ControlRight: 0xffe4,
  CapsLock: 0xffe5,
  AltLeft: 0xffe9,
  AltRight: 0xffea,
  MetaLeft: 0xffeb,
  MetaRight: 0xffec,
  Delete: 0xffff,
} as const

/** The key that European layouts call AltGr sits where the right Alt is. */
export const ALT_GR = 0xfe03

const F1 = 0xffbe

/** The keysym of F1 to F12. */
export const functionKeysym = (number: number): number => F1 + number - 1

/** The euro has a keysym of its own that every server knows; others beyond Latin-1 are Unicode plus a flag. */
const EURO = 0x20ac
const UNICODE_FLAG = 0x01_00_00_00

/** The keysym that types a character. */
export function charKeysym(char: string): number {
  const point = char.codePointAt(0) ?? 0
  const latin1 = (point >= 0x20 && point <= 0x7e) || (point >= 0xa0 && point <= 0xff)
  return latin1 || point === EURO ? point : UNICODE_FLAG + point
}
