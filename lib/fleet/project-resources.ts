import { quantityString } from '../cocoon/quantity.ts'
import { fieldsOf, itemsOf } from './reader.ts'
import type { Reader } from './reader.ts'
import { remembered } from './remembered.ts'

/** What the VM asks for, in canonical quantity text (contract 2.4); '' where nothing is asked for. */
export interface RequestedResources {
  cpu: string
  memory: string
  storage: string
}

/** No honest quantity is longer; the arithmetic on a longer one is not worth doing. */
const QUANTITY_LIMIT = 64

const canonical = remembered(4_096, quantityString)

/** A quantity as the cluster holds it, as text; '' and a problem for what is none. */
export function readQuantity(field: string, value: unknown, read: Reader): string {
  const text = typeof value === 'number' ? String(value) : value
  if (text === undefined || text === null || text === '') return ''
  const quantity = typeof text === 'string' && text.length <= QUANTITY_LIMIT ? canonical(text) : ''
  if (quantity === '') read.problem(`${field} is not a quantity`)
  return quantity
}

/** Requests of the pod's containers, limits where there is no request (contract 4.1, 4.7). */
export function projectResources(
  podSpec: Record<string, unknown>,
  storage: string,
  read: Reader,
): RequestedResources {
  const resources = fieldsOf(itemsOf(podSpec.containers)[0]?.resources)
  const requests = fieldsOf(resources.requests)
  const limits = fieldsOf(resources.limits)
  const asked = (name: string) => readQuantity(`${name} request`, requests[name] ?? limits[name], read)
  return {
    cpu: asked('cpu'),
    memory: asked('memory'),
    storage: storage || asked('ephemeral-storage'),
  }
}
