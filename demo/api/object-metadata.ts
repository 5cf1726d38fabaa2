import type { ObjectMeta } from '../../lib/cocoon/kube-json.ts'
import type { Random } from '../random.ts'
import { forbiddenField, invalidValue, requiredValue } from './field-causes.ts'
import type { KubeJson } from './json.ts'
import type { Resource } from './resource.ts'
import type { FieldCause } from './status.ts'

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const NAME_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start " +
  "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
/** Roles may be called anything that fits into a path. */
const FREE_NAMES = 'rbac.authorization.k8s.io'

/** The letters of generated names: no vowels, so that no words appear. */
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'
const GENERATED_LENGTH = 5
const GENERATED_BASE = 63 - GENERATED_LENGTH

/** Elsewhere now; here until nobody asks for it here. */
export { decodeObject } from './openapi/decode-object.ts'

export function generatedName(base: string, random: Random): string {
  const letters = Array.from(
    { length: GENERATED_LENGTH },
    () => NAME_LETTERS[random.int(0, NAME_LETTERS.length - 1)],
  )
  return base.slice(0, GENERATED_BASE) + letters.join('')
}

const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/
const LABEL_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start " +
  "and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for " +
  "validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

function labelCauses(metadata: ObjectMeta): FieldCause[] {
  return Object.values(metadata.labels ?? {})
    .filter((value) => value.length > 63 || !LABEL_VALUE.test(value))
    .map((value) => invalidValue('metadata.labels', value, LABEL_RULE))
}

/** What is wrong with an object's metadata, whatever its kind. */
export function metadataCauses(
  resource: Resource,
  object: KubeJson,
  old: KubeJson | undefined,
): FieldCause[] {
  const { metadata } = object
  if (!metadata.name) return [requiredValue('metadata.name', 'name or generateName is required')]
  const causes = labelCauses(metadata)
  const wrongName = metadata.name.length > 253 || !SUBDOMAIN.test(metadata.name)
  if (!old && wrongName && resource.group !== FREE_NAMES) {
    causes.push(invalidValue('metadata.name', metadata.name, NAME_RULE))
  }
  const before = old?.metadata
  if (before?.deletionTimestamp) {
    const added = (metadata.finalizers ?? []).filter((one) => !before.finalizers?.includes(one))
    if (added.length > 0) {
      const list = added.map((one) => JSON.stringify(one)).join(', ')
      const why = 'no new finalizers can be added if the object is being deleted, found new finalizers'
      causes.push(forbiddenField('metadata.finalizers', `${why} []string{${list}}`))
    }
  }
  return causes
}
