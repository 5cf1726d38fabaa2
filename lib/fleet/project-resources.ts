import { quantityString } from '../cocoon/quantity.ts'
import { fieldsOf, itemsOf } from './reader.ts'

/** What the VM asks for, in canonical quantity text (contract 2.4); '' where nothing is asked for. */
export interface RequestedResources {
  cpu: string
  memory: string
  storage: string
}

function quantityOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? (quantityString(value) ?? '') : ''
}

/** Requests of the pod's containers, limits where there is no request (contract 4.1, 4.7). */
export function projectResources(podSpec: Record<string, unknown>, storage: string): RequestedResources {
  const resources = fieldsOf(itemsOf(podSpec.containers)[0]?.resources)
  const requests = fieldsOf(resources.requests)
  const limits = fieldsOf(resources.limits)
  return {
    cpu: quantityOf(requests.cpu ?? limits.cpu),
    memory: quantityOf(requests.memory ?? limits.memory),
    storage: storage || quantityOf(requests['ephemeral-storage'] ?? limits['ephemeral-storage']),
  }
}
