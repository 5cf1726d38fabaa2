import { charKeysym, KEYSYMS } from './keysyms.ts'
import { LAYOUT_TABLES, ROWS } from './layouts.ts'
import type { Layout, LayoutTable } from './layouts.ts'

/** One press of a key. `code` is where the key is, for servers that want to know; null when it makes no difference. */
export interface Stroke {
  keysym: number
  code: string | null
  shift: boolean
  altGr: boolean
}

const plainStroke = (keysym: number, code: string | null): Stroke => ({
  keysym,
  code,
  shift: false,
  altGr: false,
})

/** The same on every layout. */
const COMMON: Record<string, Stroke> = {
  '\n': plainStroke(KEYSYMS.Enter, 'Enter'),
  '\t': plainStroke(KEYSYMS.Tab, 'Tab'),
  ' ': plainStroke(0x20, 'Space'),
}
const SPACE = plainStroke(0x20, 'Space')

/** Dead keys: the accent as it stands alone, its combining form, and the keysym that waits for a letter. */
const ACCENTS = [
  { alone: '`', combining: '\u0300', keysym: 0xfe50 },
  { alone: '´', combining: '\u0301', keysym: 0xfe51 },
  { alone: '^', combining: '\u0302', keysym: 0xfe52 },
  { alone: '~', combining: '\u0303', keysym: 0xfe53 },
  { alone: '¨', combining: '\u0308', keysym: 0xfe57 },
]

interface Keys {
  direct: Map<string, Stroke>
  dead: Map<string, Stroke>
}

/** Which key types what. The first level that has a character wins: it needs the fewest modifiers. */
function keysOf(table: LayoutTable): Keys {
  const direct = new Map<string, Stroke>()
  const dead = new Map<string, Stroke>()
  const levels = [
    { rows: table.plain, dead: table.dead[0], shift: false, altGr: false },
    { rows: table.shift, dead: table.dead[1], shift: true, altGr: false },
    { rows: table.altGr, dead: table.dead[2], shift: false, altGr: true },
  ]
  for (const level of levels) {
    level.rows.forEach((row, place) => {
      Array.from(row).forEach((char, column) => {
        const code = ROWS[place]?.[column]
        if (char === ' ' || code === undefined) return
        const { shift, altGr } = level
        if (level.dead.includes(char)) {
          const keysym = ACCENTS.find(({ alone }) => alone === char)?.keysym ?? charKeysym(char)
          if (!dead.has(char)) dead.set(char, { keysym, code, shift, altGr })
        } else if (!direct.has(char)) direct.set(char, { keysym: charKeysym(char), code, shift, altGr })
      })
    })
  }
  return { direct, dead }
}

const cache = new Map<Layout, Keys>()

function keysFor(layout: Exclude<Layout, 'keysyms'>): Keys {
  const known = cache.get(layout) ?? keysOf(LAYOUT_TABLES[layout])
  cache.set(layout, known)
  return known
}

/** An accented letter as the accent and then the letter; null when the layout has not both. */
function composed(char: string, { direct, dead }: Keys): Stroke[] | null {
  const [letter = '', mark = '', ...more] = char.normalize('NFD')
  const accent = ACCENTS.find(({ combining }) => combining === mark)
  const first = accent && dead.get(accent.alone)
  const second = direct.get(letter)
  return first === undefined || second === undefined || more.length > 0 ? null : [first, second]
}

/** Control characters have no key; the few that do are in COMMON. */
const isControl = (char: string) => char < ' ' || (char >= '\u007f' && char < '\u00a0')

/** The strokes that type a character (one code point) on a layout; null when the layout cannot. */
export function strokesOf(char: string, layout: Layout): readonly Stroke[] | null {
  const common = Object.hasOwn(COMMON, char) ? COMMON[char] : undefined
  if (common !== undefined) return [common]
  if (isControl(char)) return null
  if (layout === 'keysyms') return [plainStroke(charKeysym(char), null)]
  const keys = keysFor(layout)
  const direct = keys.direct.get(char)
  if (direct !== undefined) return [direct]
  const alone = keys.dead.get(char)
  if (alone !== undefined) return [alone, SPACE]
  return composed(char, keys)
}

/** A text as strokes, character by character, and the characters that the layout cannot type, each once. */
export function planTyping(
  text: string,
  layout: Layout,
): { strokes: (readonly Stroke[])[]; cannot: string[] } {
  const strokes: (readonly Stroke[])[] = []
  const cannot = new Set<string>()
  for (const char of text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').normalize('NFC')) {
    const found = strokesOf(char, layout)
    if (found === null) cannot.add(char)
    else strokes.push(found)
  }
  return { strokes, cannot: [...cannot] }
}
