import type { TestServer } from './test-server.ts'
import { MERGE, newPod, PODS } from './test-server.ts'

/** Registers `node-a`, whose kubelet listens at the port of this machine, and pods that are bound to it. */
export async function podsAndNodes(server: TestServer, port: number, pods: readonly string[]): Promise<void> {
  await server.ok('POST', '/api/v1/nodes', { metadata: { name: 'node-a' } })
  const status = {
    addresses: [
      { type: 'InternalIP', address: '10.40.0.10' },
      { type: 'ExternalDNS', address: 'localhost' },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: port } },
  }
  await server.ok('PATCH', '/api/v1/nodes/node-a/status', { status }, MERGE)
  for (const name of pods) {
    const spec = { nodeName: 'node-a', containers: [{ name: 'agent', image: 'vm' }] }
    await server.ok('POST', PODS, newPod(name, { spec }))
    await server.ok('PATCH', `${PODS}/${name}/status`, { status: { phase: 'Running' } }, MERGE)
  }
}
