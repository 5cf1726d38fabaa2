import { describe, expect, it } from 'vitest'
import type { VmLog } from '../../lib/fleet/log/vm-log.ts'
import { nextRead } from './log-query.ts'
import { logRows, pieces, rowsWith } from './log-rows.ts'

const answer = (text: string): VmLog => ({
  uid: 'u',
  source: 'console log',
  asOf: '2026-11-23T10:00:00Z',
  tail: 3,
  text,
  cut: false,
})

const read = (...texts: string[]) =>
  texts.map(answer).reduce<ReturnType<typeof nextRead> | undefined>(nextRead, undefined) ??
  nextRead(undefined, answer(''))

const shown = (...texts: string[]) => logRows(read(...texts)).map(({ text }) => text)

describe('what is shown of a log', () => {
  it.each<[why: string, texts: string[], rows: (string | null)[]]>([
    ['its lines', ['a\nb\n'], ['a', 'b']],
    ['a line that is being written', ['a\nb'], ['a', 'b']],
    ['the same line when it is done', ['a\nb', 'a\nbc\n'], ['a', 'bc']],
    ['where lines are missing', ['a\nb\nc\n', 'x\ny\nz\n'], ['a', 'b', 'c', null, 'x', 'y', 'z']],
    ['what there was before the VM was gone', ['a\n', 'vk-cocoon: pod has no live VM'], ['a']],
  ])('%s', (_why, texts, rows) => {
    expect(shown(...texts)).toEqual(rows)
  })

  it('gives a line the same key when lines are read on', () => {
    const first = logRows(read('a\nb\nc\n'))
    const later = logRows(read('a\nb\nc\n', 'b\nc\nd\n'))
    expect(later.slice(0, 3)).toEqual(first)
  })

  it('says what the node agent said instead', () => {
    expect(read('vk-cocoon: pod has no live VM').said).toBe('pod has no live VM')
    expect(read('a\n', 'vk-cocoon: x', 'a\nb\n').said).toBeNull()
  })
})

describe('the search in it', () => {
  const rows = logRows(read('Started sshd\nstarting kernel\nready\n'))

  it.each<[find: string, places: number[]]>([
    ['', []],
    ['START', [0, 1]],
    ['ready', [2]],
    ['none', []],
  ])('%j', (find, places) => {
    expect(rowsWith(rows, find)).toEqual(places)
  })

  it.each<[text: string, find: string, found: string[]]>([
    ['Started sshd', '', ['Started sshd']],
    ['Started sshd', 's', ['', 'S', 'tarted ', 's', '', 's', 'hd']],
    ['ready', 'ready', ['', 'ready', '']],
    ['İstanbul', 'i', ['İstanbul']],
  ])('%j in pieces by %j', (text, find, found) => {
    expect(pieces(text, find)).toEqual(found)
  })
})
