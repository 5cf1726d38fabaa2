import { describe, expect, it } from 'vitest'
import { changedOwn, readOwnList, withOwn } from './own-operation.ts'
import type { OwnOperation } from './own-operation.ts'

const own = (id: string, over: Partial<OwnOperation> = {}): OwnOperation => ({
  id,
  title: `Wake ${id}`,
  target: { kind: 'vm', namespace: 'qa', name: id },
  askedAt: '2026-11-23T12:00:00.000Z',
  endedAt: '2026-11-23T12:00:01.000Z',
  state: 'accepted',
  message: '',
  advice: '',
  progress: null,
  ...over,
})

describe('the list', () => {
  it('has the newest first, each once, and forgets the oldest', () => {
    const many = Array.from({ length: 70 }, (_, at) => `v${at}`)
    const list = many.reduce<OwnOperation[]>((before, id) => withOwn(before, own(id)), [])
    expect([list.length, list[0]?.id, list.at(-1)?.id]).toEqual([60, 'v69', 'v10'])
    expect(withOwn(list, own('v20')).filter(({ id }) => id === 'v20')).toHaveLength(1)
  })

  it('changes what it holds, and nothing else', () => {
    const list = [own('a'), own('b')]
    expect(changedOwn(list, 'b', { state: 'refused' }).map(({ state }) => state)).toEqual([
      'accepted',
      'refused',
    ])
    expect(changedOwn(list, 'c', { state: 'refused' })).toEqual(list)
  })
})

describe('readOwnList', () => {
  it('gives back what was kept', () => {
    const list = [own('a', { progress: { done: 1, refused: 0, total: 3 } }), own('b', { target: null })]
    expect(readOwnList(JSON.stringify(list))).toEqual(list)
  })

  it('does not claim to know what became of a request whose page is gone', () => {
    const kept = JSON.stringify([own('a', { state: 'asking', endedAt: null })])
    expect(readOwnList(kept)).toMatchObject([
      { state: 'unknown', message: expect.stringContaining('reloaded') as string },
    ])
  })

  it.each([null, '', 'not JSON', '{}', '7', '[null, 1, {"id": 2}]'])('of %s is empty', (kept) => {
    expect(readOwnList(kept)).toEqual([])
  })

  it('reads no field that is of another kind', () => {
    const odd = {
      id: 'a',
      title: 1,
      target: { kind: 'node' },
      state: 'constructor',
      progress: { done: -0.5 },
    }
    expect(readOwnList(JSON.stringify([odd]))).toMatchObject([
      { title: '', target: null, state: 'unknown', progress: { done: 0, refused: 0, total: 0 } },
    ])
  })
})
