import { describe, expect, it } from 'vitest'
import { draw, EMPTY_LINE, typeInto, wipe } from './line-editor.ts'

const UP = '\u001B[A'
const DOWN = '\u001B[B'
const LEFT = '\u001B[D'
const RIGHT = '\u001B[C'

/** The rows of a terminal that got this, with `|` for the cursor in the last one. */
function seen(echo: string): string {
  const rows: string[][] = [[]]
  let at = 0
  // oxlint-disable-next-line no-control-regex -- what terminals are told
  for (const [token] of echo.matchAll(/\u001B\[K|[\s\S]/gu)) {
    const row = rows.at(-1) ?? []
    if (token === '\b') at = Math.max(0, at - 1)
    else if (token === '\u001B[K') row.length = at
    else if (token === '\n') rows.push([])
    else if (token === '\r') at = 0
    else {
      row[at] = token
      at += 1
    }
  }
  const last = rows.at(-1) ?? []
  return [
    ...rows.slice(0, -1).map((row) => row.join('')),
    [...last.slice(0, at), '|', ...last.slice(at)].join(''),
  ].join('\n')
}

describe('a typed line', () => {
  it.each<[why: string, keys: string, shows: string, sends: string | null]>([
    ['letters', 'ls', 'ls|', null],
    ['a line', 'ls\r', 'ls\n|', 'ls\n'],
    ['an empty line', '\r', '\n|', '\n'],
    ['two pasted lines', 'a\nb\n', 'a\nb\n|', 'a\nb\n'],
    ['backspace', 'lx\u007Fs', 'ls|', null],
    ['backspace on nothing', '\u007F', '|', null],
    ['a letter in between', `ac${LEFT}b`, 'ab|c', null],
    ['a line sent from its middle', `ac${LEFT}b\r`, 'abc\n|', 'abc\n'],
    ['delete', `abc${LEFT}${LEFT}\u001B[3~`, 'a|c', null],
    ['no farther than the ends', `ab${RIGHT}${LEFT}${LEFT}${LEFT}`, '|ab', null],
    ['home and end', 'bc\u001B[Ha\u001BOFd', 'abcd|', null],
    ['the line before the cursor', `abcd${LEFT}\u0015`, '|d', null],
    ['the line behind the cursor', `abcd${LEFT}\u000B`, 'abc|', null],
    ['a word', 'rm -rf one two \u0017', 'rm -rf one |', null],
    ['a character beyond the first plane', '🦋x\u007F', '🦋|', null],
    ['giving up', 'rm -rf /\u0003ls\r', 'rm -rf /^C\nls\n|', 'ls\n'],
    ['a tab and other controls', 'a\t\u0007b', 'ab|', null],
    ['an answer of the terminal', '\u001B[?1;2c', '|', null],
    ['a report of the cursor', '\u001B[12;40R', '|', null],
  ])('%s', (_why, keys, shows, sends) => {
    const { echo, send } = typeInto(EMPTY_LINE, keys)
    expect([seen(echo), send]).toEqual([shows, sends])
  })

  it.each<[why: string, keys: string, line: string]>([
    ['the last', `one\rtwo\r${UP}`, 'two'],
    ['the one before', `one\rtwo\r${UP}${UP}`, 'one'],
    ['no farther than the first', `one\r${UP}${UP}`, 'one'],
    ['and back', `one\rtwo\r${UP}${UP}${DOWN}`, 'two'],
    ['to the new one', `one\r${UP}${DOWN}`, ''],
    ['none twice in a row', `one\rone\r${UP}${UP}`, 'one'],
    ['none that is empty', `one\r \r${UP}`, 'one'],
  ])('is found again: %s', (_why, keys, line) => {
    expect(typeInto(EMPTY_LINE, keys).line.text.join('')).toBe(line)
  })

  it('ends the input only when it is empty', () => {
    expect(typeInto(EMPTY_LINE, 'a\u0004').ended).toBe(false)
    expect(typeInto(EMPTY_LINE, '\u0004').ended).toBe(true)
  })

  it('makes way for what the shell writes', () => {
    const { line, echo } = typeInto(EMPTY_LINE, `ls -l${LEFT}`)
    expect(seen(`${echo}${wipe(line)}done\r\n$ ${draw(line)}`)).toBe('done\n$ ls -|l')
  })
})
