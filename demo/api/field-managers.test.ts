import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fieldsOf, itemsOf } from '../../lib/fleet/reader.ts'
import type { KubeJson } from './json.ts'
import { JSON_PATCH, MERGE, SETS, startTestServer } from './testing/test-server.ts'
import type { TestServer } from './testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const spec = (agent: object) => ({ agent: { image: 'ubuntu:24.04', ...agent } })
const body = (name: string) => ({
  apiVersion: 'cocoonset.cocoonstack.io/v1',
  kind: 'CocoonSet',
  metadata: { name, managedFields: [{ manager: 'a liar' }] },
  spec: spec({ replicas: 1 }),
})
const WHEN = '2026-01-01T00:00:00Z'

const recorded = (object: KubeJson) => itemsOf(fieldsOf(object.metadata).managedFields)
const owners = (object: KubeJson, ...path: string[]) =>
  recorded(object)
    .filter((entry) => {
      let at: Record<string, unknown> = fieldsOf(entry.fieldsV1)
      return path.every((name) => Object.hasOwn(at, `f:${name}`) && (at = fieldsOf(at[`f:${name}`])))
    })
    .map((entry) => entry.manager)

describe('the record of who wrote which field', () => {
  it('begins with the creator, and not with what a client says', async () => {
    const set = await server.ok('POST', `${SETS}?fieldManager=me`, body('begun'))
    expect(recorded(set)).toEqual([
      {
        manager: 'me',
        operation: 'Update',
        apiVersion: 'cocoonset.cocoonstack.io/v1',
        time: WHEN,
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:spec': expect.objectContaining({
            '.': {},
            'f:agent': expect.objectContaining({ '.': {}, 'f:image': {}, 'f:replicas': {} }) as unknown,
          }) as unknown,
        },
      },
    ])
  })

  it('names the program where nobody is named', async () => {
    const set = await server.ok('POST', SETS, body('program'), { 'user-agent': 'kubectl/v1.36 (linux)' })
    expect(owners(set, 'spec', 'agent', 'image')).toEqual(['kubectl'])
  })

  it('gives a field to whoever changes it, and leaves the rest', async () => {
    await server.ok('POST', `${SETS}?fieldManager=me`, body('shared'))
    const patch = [{ op: 'replace', path: '/spec/agent/replicas', value: 2 }]
    const set = await server.ok('PATCH', `${SETS}/shared?fieldManager=you`, patch, JSON_PATCH)
    expect(owners(set, 'spec', 'agent', 'replicas')).toEqual(['you'])
    expect(owners(set, 'spec', 'agent', 'image')).toEqual(['me'])
  })

  it('forgets who owns nothing any more, and whose field is gone', async () => {
    await server.ok('POST', `${SETS}?fieldManager=me`, body('gone'))
    await server.ok('PATCH', `${SETS}/gone?fieldManager=you`, { spec: { nodeName: 'n1' } }, MERGE)
    const taken = await server.ok(
      'PATCH',
      `${SETS}/gone?fieldManager=they`,
      { spec: { nodeName: 'n2' } },
      MERGE,
    )
    expect(recorded(taken).map(({ manager }) => manager)).toEqual(['me', 'they'])
    const lifted = await server.ok(
      'PATCH',
      `${SETS}/gone?fieldManager=she`,
      { spec: { nodeName: null } },
      MERGE,
    )
    expect(owners(lifted, 'spec', 'nodeName')).toEqual([])
    expect(recorded(lifted).map(({ manager }) => manager)).toEqual(['me'])
  })

  it('keeps the status apart, and does not make a write of nothing', async () => {
    await server.ok('POST', `${SETS}?fieldManager=me`, body('status'))
    const status = { status: { phase: 'Running' } }
    const once = await server.ok('PATCH', `${SETS}/status/status?fieldManager=me`, status, MERGE)
    expect(recorded(once).map((entry) => entry.subresource)).toEqual([undefined, 'status'])
    const again = await server.ok('PATCH', `${SETS}/status/status?fieldManager=you`, status, MERGE)
    expect(again.metadata.resourceVersion).toBe(once.metadata.resourceVersion)
    expect(recorded(again)).toEqual(recorded(once))
  })
})
