import { afterEach, describe, expect, it, vi } from 'vitest'
import { aCocoonSet, aHibernation, aPod, aVmNode } from '../fleet/objects.fixture.ts'
import { createLogger } from '../process/logger.ts'
import { createFleetService } from './fleet-service.ts'
import type { FleetService } from './fleet-service.ts'
import { startPlainApi } from './plain-api.fixture.ts'
import type { PlainAnswer } from './plain-api.fixture.ts'
import { readUntil } from './stream.fixture.ts'

const LISTS: Record<string, unknown[]> = {
  '/api/v1/pods': [
    aPod({ name: 'web-0' }),
    { ...aPod({ name: 'nginx', set: null, spec: { tolerations: [] } }) },
  ],
  '/apis/cocoonset.cocoonstack.io/v1/cocoonsets': [aCocoonSet('web', 'Running')],
  '/apis/cocoonset.cocoonstack.io/v1/cocoonhibernations': [aHibernation({ pod: 'web-0', phase: 'Active' })],
  '/api/v1/nodes': [aVmNode('n1')],
}

const PATIENCE = { timeout: 15_000, interval: 10 }
const synced = (service: FleetService) => vi.waitFor(() => expect(service.synced()).toBe(true), PATIENCE)

let close = async () => {}
afterEach(() => close())

/** A service on an API server that serves lists, and watches on which nothing happens. */
async function running(refuse: (path: string) => PlainAnswer | undefined = () => undefined) {
  const api = await startPlainApi((path, query) => {
    const refused = refuse(path)
    if (refused !== undefined) return refused
    if (query.has('sendInitialEvents'))
      return { status: 422, body: { kind: 'Status', reason: 'Invalid', code: 422 } }
    if (query.has('watch')) return 'hang'
    return { status: 200, body: { metadata: { resourceVersion: '100' }, items: LISTS[path] ?? [] } }
  })
  const service = createFleetService({
    transport: api.transport,
    cluster: { kind: 'kube', name: 'lab' },
    logger: createLogger('silent'),
    coalesceMs: 1,
  })
  close = async () => {
    await service.close()
    await api.close()
  }
  return service
}

describe('the fleet service', () => {
  it('is not synced before its first lists, and says so', async () => {
    const service = await running((path) => (path.includes('nodes') ? 'hang' : undefined))
    expect([service.synced(), service.whole.document().asOf]).toEqual([false, null])
    await vi.waitFor(() => expect(service.freshness().pods.state).toBe('live'), PATIENCE)
    expect(service.synced()).toBe(false)
    expect(service.whole.document()).toMatchObject({
      asOf: null,
      freshness: { nodes: { state: 'starting' } },
    })
  })

  it('joins what it lists into one document', async () => {
    const service = await running()
    await synced(service)
    const document = service.whole.document()
    expect(document).toMatchObject({
      cluster: { kind: 'kube', name: 'lab' },
      vms: [{ name: 'web-0', phase: 'ready', hibernation: { phase: 'Active' } }],
      sets: [{ name: 'web' }],
      nodes: [{ name: 'n1' }],
    })
    const proofs = Object.values(document.freshness).map(({ provenAt }) => provenAt)
    expect(document.asOf).toBe(new Date(Math.min(...proofs)).toISOString())
    expect(service.whole.vmNamed('lab', 'web-0')?.uid).toBe('uid-web-0')
    expect(service.whole.vmNamed('lab', 'nginx')).toBeUndefined()
  })

  it('is synced, and fresh, without what the cluster does not serve or forbids', async () => {
    const service = await running((path) => {
      if (path.endsWith('cocoonhibernations')) return { status: 404, body: '404 page not found' }
      return path.endsWith('nodes') ? { status: 403, body: { kind: 'Status', code: 403 } } : undefined
    })
    await synced(service)
    expect(service.freshness()).toMatchObject({
      cocoonhibernations: { state: 'missing' },
      nodes: { state: 'forbidden' },
      pods: { state: 'live' },
    })
    expect(service.whole.document().asOf).not.toBeNull()
  })

  it('streams the same fleet under its own epoch', async () => {
    const service = await running()
    await synced(service)
    const { epoch, seq } = service.whole.document()
    const [snapshot] = await readUntil(service.whole.stream.open(null), (got) => got.length > 0)
    expect(snapshot).toMatchObject({
      event: 'snapshot',
      id: `${epoch}-${seq}`,
      data: { tables: { vms: { n: 1 } } },
    })
  })

  it('ends its streams when it closes', async () => {
    const service = await running()
    const reader = service.whole.stream.open(null)
    await readUntil(reader, (got) => got.length > 0)
    await service.close()
    expect(await reader.next()).toBeNull()
  })
})
