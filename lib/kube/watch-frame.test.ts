import { describe, expect, it } from 'vitest'
import { decodeWatchLine } from './watch-frame.ts'

const metadata = { uid: 'u', name: 'n', namespace: 'ns', resourceVersion: '7' }
const decode = (value: unknown) =>
  decodeWatchLine(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))

describe('a watch line', () => {
  it.each(['ADDED', 'MODIFIED', 'DELETED'])('of type %s says which version of which object it is', (type) => {
    const object = { metadata, spec: {} }
    expect(decode({ type, object })).toEqual({ type, object, version: metadata })
  })

  it('about a node has no namespace', () => {
    const { namespace: _, ...cluster } = metadata
    expect(decode({ type: 'ADDED', object: { metadata: cluster } })).toMatchObject({
      version: { namespace: '' },
    })
  })

  it.each([
    [{ metadata: { resourceVersion: '9' } }, false],
    [{ metadata: { resourceVersion: '9', annotations: { 'k8s.io/initial-events-end': 'true' } } }, true],
    [{ metadata: { resourceVersion: '9', annotations: { 'k8s.io/initial-events-end': 'false' } } }, false],
    [{ metadata: { resourceVersion: '9', annotations: ['k8s.io/initial-events-end'] } }, false],
  ])('of type BOOKMARK: %j', (object, endsInitialEvents) => {
    expect(decode({ type: 'BOOKMARK', object })).toEqual({
      type: 'BOOKMARK',
      resourceVersion: '9',
      endsInitialEvents,
    })
  })

  it('of type ERROR keeps its status', () => {
    expect(decode({ type: 'ERROR', object: { code: 410 } })).toEqual({ type: 'ERROR', status: { code: 410 } })
  })

  it.each<[unknown, string]>([
    ['', 'the line is not JSON'],
    ['{"type":"ADDED"', 'the line is not JSON'],
    ['null', 'the line is not an object'],
    ['[]', 'the line is not an object'],
    ['"ADDED"', 'the line is not an object'],
    ['{"type":"ADDED"}', 'the event has no object'],
    ['{"type":"ADDED","object":[]}', 'the event has no object'],
    ['{"type":"added","object":{}}', 'the event is of an unknown type'],
    ['{"type":7,"object":{}}', 'the event is of an unknown type'],
    ['{"object":{}}', 'the event is of an unknown type'],
    ['{"type":"ADDED","object":{}}', 'the object has no usable metadata'],
    ['{"type":"ADDED","object":{"metadata":{"uid":"u","name":"n"}}}', 'the object has no usable metadata'],
    [{ type: 'ADDED', object: { metadata: { ...metadata, uid: '' } } }, 'the object has no usable metadata'],
    [{ type: 'ADDED', object: { metadata: { ...metadata, name: 3 } } }, 'the object has no usable metadata'],
    [
      { type: 'ADDED', object: { metadata: { ...metadata, namespace: {} } } },
      'the object has no usable metadata',
    ],
    [
      { type: 'ADDED', object: { metadata: { ...metadata, resourceVersion: 7 } } },
      'the object has no usable metadata',
    ],
    ['{"type":"BOOKMARK","object":{}}', 'the bookmark has no resource version'],
    ['{"__proto__":{"type":"ADDED","object":{}}}', 'the event has no object'],
  ])('%j is bad', (line, why) => {
    expect(decode(line)).toEqual({ type: 'bad', why })
  })

  it('that is not UTF-8 is bad', () => {
    expect(decodeWatchLine(Buffer.from([0x22, 0xc3, 0x22]))).toEqual({
      type: 'bad',
      why: 'the line is not UTF-8',
    })
  })
})
