import { dryRunCauses, refuseOptions } from './delete-options.ts'
import { forbiddenField, invalidValue } from './field-causes.ts'
import type { ObjectRoute } from './route.ts'
import type { FieldCause } from './status.ts'

const FIELD = 'fieldManager'
const MANAGER_LIMIT = 128
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u

function managerCauses(manager: string): FieldCause[] {
  const causes: FieldCause[] = []
  if (Buffer.byteLength(manager) > MANAGER_LIMIT) {
    const message = `Too long: may not be more than ${MANAGER_LIMIT} bytes`
    causes.push({ field: FIELD, message, reason: 'FieldValueTooLong' })
  }
  const odd = UNPRINTABLE.exec(manager)
  if (odd) {
    const point = (odd[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    const at = Buffer.byteLength(manager.slice(0, odd.index))
    causes.push(invalidValue(FIELD, manager, `invalid character U+${point} (at position ${at})`))
  }
  return causes
}

/** Whether a write is only tried, by its query. Throws 422 for options that a write cannot have. */
export function isDryRun({ verb, query }: ObjectRoute): boolean {
  if (verb !== 'create' && verb !== 'update' && verb !== 'patch') return false
  const values = query.getAll('dryRun')
  const forced = verb === 'patch' && query.has('force')
  refuseOptions(verb, [
    ...(forced ? [forbiddenField('force', 'may not be specified for non-apply patch')] : []),
    ...dryRunCauses(values),
    ...managerCauses(query.get(FIELD) ?? ''),
  ])
  return values.length > 0
}
