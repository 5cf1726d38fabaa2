import { describe, expect, it } from 'vitest'
import { createLineSplitter } from './line-splitter.ts'

const TEXT = '{"a":"Größe"}\n{"b":"北京 🐚"}\n\nlast'

function split(chunkBytes: number): { lines: string[]; rest: string } {
  const splitter = createLineSplitter(1_000)
  const bytes = Buffer.from(TEXT)
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    for (const line of splitter.push(bytes.subarray(at, at + chunkBytes))) lines.push(line.toString())
  }
  return { lines, rest: splitter.rest().toString() }
}

describe('the line splitter', () => {
  it.each([1, 2, 3, 4, 5, 7, 11, 1_000])('keeps characters whole in chunks of %i bytes', (chunkBytes) => {
    expect(split(chunkBytes)).toEqual({ lines: ['{"a":"Größe"}', '{"b":"北京 🐚"}', ''], rest: 'last' })
  })

  it('refuses a line that is too long, whether it ends or not', () => {
    expect(() => createLineSplitter(10).push(Buffer.from('12345678901'))).toThrow('more than 10 bytes')
    expect(() => createLineSplitter(10).push(Buffer.from('12345678901\n'))).toThrow('more than 10 bytes')
    const splitter = createLineSplitter(10)
    splitter.push(Buffer.from('123456'))
    expect(() => splitter.push(Buffer.from('78901'))).toThrow('more than 10 bytes')
  })

  it('counts each line for itself', () => {
    const splitter = createLineSplitter(10)
    const chunk = Buffer.from('1234567890\n'.repeat(100))
    expect(splitter.push(chunk)).toHaveLength(100)
  })
})
