import type RFB from '@novnc/novnc'

/** Where noVNC 1.7 keeps what the server takes by the extended clipboard, which alone knows more than Latin-1. */
const FORMATS = '_clipboardServerCapabilitiesFormats'
const ACTIONS = '_clipboardServerCapabilitiesActions'

type Inner = Record<typeof FORMATS | typeof ACTIONS, Partial<Record<number, boolean>>>

const TEXT = 1
const NOTIFY = 1 << 27
const LAST_OF_LATIN_1 = 0xff

/** Whether the server takes every text; noVNC sends any other one a question mark for what is not Latin-1. */
export function takesUnicode(rfb: RFB): boolean {
  const inner = rfb as unknown as Inner
  return inner[FORMATS][TEXT] === true && inner[ACTIONS][NOTIFY] === true
}

/** The characters of a text that are not of Latin-1, each once. */
export const beyondLatin1 = (text: string): string[] => [
  ...new Set(Array.from(text).filter((char) => (char.codePointAt(0) ?? 0) > LAST_OF_LATIN_1)),
]
