import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MERGE } from '../../../demo/api/testing/test-server.ts'
import { API, family, startActionBench } from '../../../e2e/promises/bench-actions.ts'
import type { ActionBench, Dashboard } from '../../../e2e/promises/bench-actions.ts'
import { fieldsOf } from '../../fleet/reader.ts'

let bench: ActionBench
let dashboard: Dashboard
beforeAll(async () => {
  const families = ['dry', 'edit', 'race'].map((name) => family(name))
  bench = await startActionBench(families.flatMap(({ set, pod }) => [set, pod]))
  dashboard = await bench.dashboard()
})
afterAll(() => bench.close())

const call: Dashboard['call'] = (...request) => dashboard.call(...request)
const setOf = (name: string) => bench.server.ok('GET', `${API.sets}/${name}`)

describe('editing a set', () => {
  const open = async (name: string) => {
    const { body } = await call('GET', `/api/sets/team/${name}`)
    const { metadata, spec } = fieldsOf(body.document)
    return { metadata: fieldsOf(metadata), spec: fieldsOf(spec) }
  }
  const save = (name: string, document: object) => call('PUT', `/api/sets/team/${name}`, document)

  it('takes back what was read, and keeps what belongs to the cluster', async () => {
    const keep = { metadata: { finalizers: ['example.com/keep'], annotations: { a: '1' } } }
    await bench.server.ok('PATCH', `${API.sets}/edit`, keep, MERGE)
    const { metadata, spec } = await open('edit')
    const { status } = await save('edit', { metadata, spec: { ...spec, nodePool: 'gpu' } })
    expect(status).toBe(200)
    expect(await setOf('edit')).toMatchObject({ ...keep, spec: { nodePool: 'gpu' } })
  })

  it('says which VMs the edit recreates', async () => {
    const { metadata, spec } = await open('edit')
    const document = { metadata, spec: { ...spec, snapshotPolicy: 'never' } }
    const { status, body } = await call('PUT', '/api/sets/team/edit?dryRun=true', document)
    expect(status).toBe(200)
    expect(body.warnings).toContainEqual(expect.stringContaining('These VMs will be recreated: edit-0'))
  })

  it('counts two billion seats without making a list of them', async () => {
    const { metadata, spec } = await open('edit')
    const agent = { ...fieldsOf(spec.agent), replicas: 2 ** 31 - 1 }
    const document = { metadata, spec: { ...spec, agent } }
    const { status, body } = await call('PUT', '/api/sets/team/edit?dryRun=true', document)
    expect([status, String(body.notes)]).toEqual([200, expect.stringContaining('2147483647 VMs are added')])
  })

  it('warns of a node that there is not, and of none that there is', async () => {
    const { metadata, spec } = await open('edit')
    const tried = async (nodeName: string) => {
      const document = { metadata, spec: { ...spec, nodeName } }
      const { body } = await call('PUT', '/api/sets/team/edit?dryRun=true', document)
      return String(body.warnings)
    }
    const missing = 'There is no node'
    expect(await tried('node-z')).toContain(`${missing} node-z`)
    expect(await tried('node-b')).not.toContain(missing)
  })

  it('does not mind a status that was written meanwhile, but a specification', async () => {
    const opened = await open('race')
    await bench.server.ok('PATCH', `${API.sets}/race/status`, { status: { readyAgents: 1 } }, MERGE)
    const first = await save('race', { ...opened, spec: { ...opened.spec, nodePool: 'a' } })
    expect(first.status).toBe(200)
    // A later deletion, of which the document says nothing.
    await bench.server.ok('DELETE', `${API.pods}/race-0`)
    const second = await save('race', { ...opened, spec: { ...opened.spec, nodePool: 'b' } })
    expect(second).toMatchObject({
      status: 409,
      body: {
        code: 'conflict',
        conflict: { who: 'cocoon-dashboard', what: 'wrote spec of CocoonSet team/race' },
      },
    })
    expect(await setOf('race')).toMatchObject({ spec: { nodePool: 'a' } })
  })

  it.each([
    [
      'of another set',
      (document: object) => ({
        ...document,
        metadata: { ...fieldsOf(fieldsOf(document).metadata), name: 'x' },
      }),
      'metadata.name',
    ],
    ['with a status', (document: object) => ({ ...document, status: {} }), 'status'],
    [
      'with an unknown field',
      (document: object) => ({ ...document, spec: { agent: { image: 'x', foo: 1 } } }),
      'spec.agent.foo',
    ],
    ['without an image', (document: object) => ({ ...document, spec: { agent: {} } }), 'spec.agent.image'],
  ])('refuses a document %s', async (_, spoil, field) => {
    expect(await save('dry', spoil(await open('dry')))).toMatchObject({
      status: 422,
      body: { code: 'invalid', field },
    })
  })
})
