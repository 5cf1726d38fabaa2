import { AGE, NAME } from './columns.ts'
import { listAt } from './json.ts'
import type { Column, Resource } from './resource.ts'

const columns: readonly Column[] = [
  NAME,
  { name: 'Webhooks', type: 'integer', cell: (object) => listAt(object, 'webhooks').length },
  AGE,
]

type Entry = Pick<Resource, 'kind' | 'plural'> & Partial<Resource>

const configurations = (kind: string, plural: string): Entry => ({
  kind,
  plural,
  namespaced: false,
  categories: ['api-extensions'],
  generation: true,
  columns,
})

export const ADMISSION_GROUP = 'admissionregistration.k8s.io'
export const MUTATING = 'mutatingwebhookconfigurations'
export const VALIDATING = 'validatingwebhookconfigurations'

/** The kinds that register webhooks. */
export const ADMISSION_KINDS: readonly Entry[] = [
  configurations('MutatingWebhookConfiguration', MUTATING),
  configurations('ValidatingWebhookConfiguration', VALIDATING),
]
