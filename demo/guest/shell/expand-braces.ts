import type { Word, WordPart } from './syntax-tree.ts'

const MAX_WORDS = 100_000

type Piece = { letter: string } | { part: WordPart }

/** `{a,b}` and `{1..5}`, as bash has them; everything quoted or expanded stays whole. */
export function expandBraces(word: Word): Word[] {
  if (!word.some((part) => part.kind === 'literal' && !part.quoted && part.text.includes('{'))) return [word]
  const pieces = word.flatMap((part): Piece[] =>
    part.kind === 'literal' && !part.quoted ? Array.from(part.text, (letter) => ({ letter })) : [{ part }],
  )
  return expandPieces(pieces).map(joinPieces)
}

const isLetter = (piece: Piece | undefined, letter: string) =>
  piece !== undefined && 'letter' in piece && piece.letter === letter

function expandPieces(pieces: Piece[]): Piece[][] {
  for (let open = 0; open < pieces.length; open++) {
    if (!isLetter(pieces[open], '{')) continue
    const group = readGroup(pieces, open)
    if (!group) continue
    const heads = pieces.slice(0, open)
    const tails = expandPieces(pieces.slice(group.end))
    const words: Piece[][] = []
    for (const choice of group.choices.flatMap(expandPieces)) {
      for (const tail of tails) if (words.length < MAX_WORDS) words.push(heads.concat(choice, tail))
    }
    return words
  }
  return [pieces]
}

function readGroup(pieces: Piece[], open: number): { choices: Piece[][]; end: number } | undefined {
  const choices: Piece[][] = [[]]
  let depth = 0
  for (let i = open + 1; i < pieces.length; i++) {
    const piece = pieces[i]
    if (!piece) return undefined
    if (isLetter(piece, '{')) depth++
    if (isLetter(piece, '}') && depth-- === 0) {
      const all = choices.length > 1 ? choices : sequence(choices[0] ?? [])
      return all && { choices: all, end: i + 1 }
    }
    if (isLetter(piece, ',') && depth === 0) choices.push([])
    else choices.at(-1)?.push(piece)
  }
  return undefined
}

/** `1..5`, `5..1..2`, `01..10`, `a..e`. */
function sequence(pieces: Piece[]): Piece[][] | undefined {
  const text = pieces.map((piece) => ('letter' in piece ? piece.letter : '\0')).join('')
  const match = /^(?:(-?\d+)\.\.(-?\d+)|([A-Za-z])\.\.([A-Za-z]))(?:\.\.(-?\d+))?$/.exec(text)
  if (!match) return undefined
  const [, low, high, first, last, stride] = match
  const from = low === undefined ? (first?.codePointAt(0) ?? 0) : Number(low)
  const to = high === undefined ? (last?.codePointAt(0) ?? 0) : Number(high)
  const step = Math.max(1, Math.abs(Number(stride ?? 1)))
  const width = [low, high].some((each) => /^-?0\d/.test(each ?? ''))
    ? Math.max(low?.length ?? 0, high?.length ?? 0)
    : 0
  const count = Math.min(MAX_WORDS, Math.floor(Math.abs(to - from) / step) + 1)
  return Array.from({ length: count }, (_, i) => {
    const value = from + (to < from ? -i : i) * step
    const shown = low === undefined ? String.fromCodePoint(value) : String(value).padStart(width, '0')
    return Array.from(shown, (letter) => ({ letter }))
  })
}

function joinPieces(pieces: Piece[]): Word {
  const word: Word = []
  for (const piece of pieces) {
    const last = word.at(-1)
    if ('part' in piece) word.push(piece.part)
    else if (last?.kind === 'literal' && !last.quoted)
      word[word.length - 1] = { ...last, text: last.text + piece.letter }
    else word.push({ kind: 'literal', text: piece.letter, quoted: false })
  }
  return word
}
