import { describe, expect, it } from 'vitest'
import { Refused } from '../problem.ts'
import { jsonFault } from './json-scan.ts'
import { parseInput } from './parse-input.ts'
import { readJsonBody } from './request-body.ts'
import { bulkBody, forkSetBody, forkVmBody, scaleBody } from './schemas.ts'

const problemOf = (error: unknown) => (error instanceof Refused ? error.problem : error)

describe('JSON that says too much', () => {
  it.each([
    ['{}', undefined],
    ['{"a":{"b":1},"c":{"b":2},"d":[{"b":1},{"b":2}]}', undefined],
    ['{"a":"{\\"a\\":1,\\"a\\":2}","b":"\\\\"}', undefined],
    ['{"a":1,"a":2}', { field: 'a', message: 'is given twice' }],
    ['{"a":1,"\\u0061":2}', { field: 'a', message: 'is given twice' }],
    ['{"x":[{},{"y":{"a":1,"b":[],"a":3}}]}', { field: 'x[1].y.a', message: 'is given twice' }],
    ['{"x":{"__proto__":{}}}', { field: 'x.__proto__', message: 'is not a name that a field can have' }],
    ['['.repeat(32) + ']'.repeat(32), undefined],
    ['['.repeat(33) + ']'.repeat(33), { field: '', message: 'is nested more than 32 levels deep' }],
  ])('%s', (json, fault) => {
    JSON.parse(json)
    expect(jsonFault(json)).toEqual(fault)
  })
})

function posted(
  body: BodyInit | null,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) {
  return new Request('http://localhost/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
}

describe('the body of a request', () => {
  it.each<[string, Request, unknown]>([
    ['none', posted(null, {}), undefined],
    ['none of type JSON', posted(null), undefined],
    ['an object', posted('{"a":1}'), { a: 1 }],
    ['with a charset', posted('[]', { 'content-type': 'application/json; charset=UTF-8' }), []],
  ])('%s', async (_, request, value) => {
    expect(await readJsonBody(request)).toEqual(value)
  })

  it.each<[string, Request, object]>([
    ['of a form', posted('a=1', { 'content-type': 'application/x-www-form-urlencoded' }), { status: 415 }],
    ['of no type', posted(new Uint8Array([0x7b, 0x7d]), {}), { status: 415 }],
    ['of text that is JSON', posted('{}', { 'content-type': 'text/plain' }), { status: 415 }],
    ['not JSON', posted('{'), { status: 400, code: 'bad-request' }],
    [
      'not UTF-8',
      posted(new Uint8Array([0x22, 0xff, 0x22])),
      { status: 400, detail: 'The body is not UTF-8.' },
    ],
    ['twice', posted('{"a":1,"a":1}'), { status: 400, field: 'a' }],
    ['too large', posted(`"${'x'.repeat(256 * 1024)}"`), { status: 413, code: 'too-large' }],
  ])('refused: %s', async (_, request, problem) => {
    expect(await readJsonBody(request).catch(problemOf)).toMatchObject(problem)
  })

  it('is not read further than the limit', async () => {
    let pulled = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20))
      },
    })
    expect(await readJsonBody(posted(body)).catch(problemOf)).toMatchObject({ status: 413 })
    expect(pulled).toBeLessThan(10)
  })
})

describe('what a request says', () => {
  const parsed = (schema: Parameters<typeof parseInput>[0], input: unknown) => {
    try {
      return parseInput(schema, input, 'the body')
    } catch (error) {
      return problemOf(error)
    }
  }
  const target = { namespace: 'lab', name: 'web', uid: 'u' }

  it.each([
    [scaleBody, { uid: 'u', replicas: 1, node: 'x' }, 'node', 'is not a field of this request'],
    [scaleBody, { uid: 'u', replicas: 0.5 }, 'replicas', 'must be a whole number'],
    [scaleBody, { uid: 'u', replicas: -1 }, 'replicas', 'must be at least 0'],
    [forkSetBody, { uid: 'u', count: 300 }, 'count', 'must be at most 256'],
    [scaleBody, { replicas: 1 }, 'uid', 'Invalid input: expected string, received undefined'],
    [scaleBody, { uid: '../x', replicas: 1 }, 'uid', 'is not a uid'],
    [forkVmBody, { uid: 'u', intoSet: { name: 'a', x: 1 } }, 'intoSet.x', 'is not a field of this request'],
    [forkVmBody, { uid: 'u', intoSet: { name: 'A' } }, 'intoSet.name', undefined],
    [bulkBody, { action: 'fork', targets: [target] }, 'count', undefined],
    [bulkBody, { action: 'wake', targets: [target], count: 1 }, 'count', undefined],
    [bulkBody, { action: 'wake', targets: [target, target] }, 'targets', 'names one target twice'],
    [bulkBody, { action: 'wake', targets: [{ ...target, namespace: 7 }] }, 'targets[0].namespace', undefined],
  ])('%# is refused with the field named', (schema, input, field, message) => {
    const causes = [
      expect.objectContaining({ field, ...(message === undefined ? {} : { message }) }) as unknown,
    ]
    expect(parsed(schema, input)).toMatchObject({ status: 422, code: 'invalid', field, causes })
  })

  it.each([{ uid: 'u' }, { uid: 'u', count: 1, pod: { name: 'a' } }])('%j is no way to fork', (input) => {
    expect(parsed(forkVmBody, input)).toMatchObject({ detail: /exactly one of/ })
  })

  it('names everything that is wrong', () => {
    expect(parsed(scaleBody, { uid: 7, replicas: 'x', y: 1 })).toMatchObject({
      causes: [{ field: 'uid' }, { field: 'replicas' }, { field: 'y' }],
    })
  })
})
