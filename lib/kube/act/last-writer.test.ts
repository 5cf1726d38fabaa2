import { describe, expect, it } from 'vitest'
import { hasWriter, lastWriter, managerOf } from './last-writer.ts'

const entry = (manager: string, time: string, fieldsV1: object) => ({ manager, time, fieldsV1 })
const written = (...managedFields: unknown[]) => ({ metadata: { managedFields } })
const SPEC = { 'f:spec': { 'f:suspend': {}, 'f:agent': { 'f:replicas': {} } } }

describe('the last writer', () => {
  it.each<[string, unknown, string[], object]>([
    [
      'of a field',
      written(
        entry('kubectl', '2026-01-02T00:00:00Z', SPEC),
        entry('vk', '2026-01-03T00:00:00Z', { 'f:status': {} }),
      ),
      ['spec', 'suspend'],
      { who: 'kubectl', when: '2026-01-02T00:00:00Z' },
    ],
    [
      'of anything in it, the latest',
      written(
        entry(managerOf('a1'), '2026-01-02T00:00:00Z', SPEC),
        entry('kubectl', '2026-01-01T00:00:00Z', { 'f:spec': { 'f:nodeName': {} } }),
      ),
      ['spec'],
      { who: 'cocoon-dashboard', when: '2026-01-02T00:00:00Z' },
    ],
    ['of what nobody wrote', written(entry('vk', '2026', SPEC)), ['spec', 'nodeName'], { who: '', when: '' }],
    ['where nothing is recorded', { metadata: {} }, ['spec'], { who: '', when: '' }],
    ['of nothing', null, ['spec'], { who: '', when: '' }],
    [
      'in a record that is none',
      written(7, null, { manager: 7, fieldsV1: SPEC }),
      ['spec'],
      { who: '', when: '' },
    ],
    [
      'under the name of a prototype',
      written(entry('x', '2026', {})),
      ['constructor'],
      { who: '', when: '' },
    ],
  ])('%s', (_, object, field, writer) => {
    expect(lastWriter(object, field)).toEqual(writer)
  })

  it('tells one request from another', () => {
    const object = written(entry(managerOf('a1'), '', SPEC))
    expect([hasWriter(object, managerOf('a1')), hasWriter(object, managerOf('a2'))]).toEqual([true, false])
  })
})
