import { ok } from './kubectl.ts'

/**
 * Placement on a node whose agent is of the latest generation: it writes lifecycle annotations and passes exit codes
 * on (contract 6.7). Only such nodes bear a CPU class (contract 1.2).
 */
export async function newNode(): Promise<{ nodeName: string; nodePool: string }> {
  const list = await ok('get nodes -l cocoonstack.io/snapshot-cpu-class -o json')
  const { items } = JSON.parse(list) as {
    items: { metadata: { name: string; labels: Record<string, string> } }[]
  }
  const node = items[0]?.metadata
  if (!node) throw new Error('the cluster has no node of the latest generation')
  return { nodeName: node.name, nodePool: node.labels['cocoonstack.io/pool'] ?? 'default' }
}
