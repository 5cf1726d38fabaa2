import { describe, expect, it } from 'vitest'
import { createKeyedRows } from './keyed-rows.ts'

interface Named {
  uid: string
  name: string
}

function recorded() {
  const told: string[] = []
  const rows = createKeyedRows<Named>({
    onChange: (uid, before, after) => void told.push(`${uid}:${before?.name ?? '-'}>${after?.name ?? '-'}`),
  })
  return { rows, told }
}

const elder: Named = { uid: 'old', name: 'web-0' }
const younger: Named = { uid: 'new', name: 'web-0' }

describe('rows by uid and by name', () => {
  it('tells what came, changed and left', () => {
    const { rows, told } = recorded()
    rows.put(elder)
    rows.put({ ...elder })
    rows.remove('old')
    rows.remove('old')
    expect(told).toEqual(['old:->web-0', 'old:web-0>web-0', 'old:web-0>-'])
    expect([rows.byUid('old'), rows.byName('', 'web-0')]).toEqual([undefined, undefined])
  })

  it('tells a recreated namesake from its elder, whichever is told first', () => {
    for (const order of ['remove first', 'put first']) {
      const { rows } = recorded()
      rows.put(elder)
      if (order === 'remove first') rows.remove('old')
      rows.put(younger)
      if (order === 'put first') rows.remove('old')
      expect(rows.byName('', 'web-0')).toBe(younger)
      expect(rows.byUid('old')).toBeUndefined()
    }
  })

  it('gives the key back to the elder when the younger leaves', () => {
    const { rows } = recorded()
    rows.put(elder)
    rows.put(younger)
    rows.put(elder)
    expect(rows.byName('', 'web-0')).toBe(younger)
    rows.remove('new')
    expect(rows.byName('', 'web-0')).toBe(elder)
  })

  it('follows a row that takes another key', () => {
    const { rows } = recorded()
    rows.put(elder)
    rows.put({ uid: 'old', name: 'web-1' })
    expect(rows.byName('', 'web-0')).toBeUndefined()
    expect(rows.byName('', 'web-1')?.uid).toBe('old')
  })

  it('replaces all: whatever is not in the list is gone', () => {
    const { rows, told } = recorded()
    rows.replace([elder, { uid: 'b', name: 'b' }])
    told.length = 0
    rows.replace([younger, { uid: 'c', name: 'c' }])
    expect(told).toEqual(['old:web-0>-', 'b:b>-', 'new:->web-0', 'c:->c'])
    rows.replace([])
    expect(rows.byName('', 'c')).toBeUndefined()
  })

  it.each(['__proto__', 'constructor', ''])('has nothing under %j', (key) => {
    const { rows } = recorded()
    rows.put(elder)
    expect([rows.byName('', key), rows.byUid(key)]).toEqual([undefined, undefined])
  })
})
