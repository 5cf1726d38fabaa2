import type { AgentSpec, ToolboxSpec } from './crd.ts'
import { BACKENDS, CONN_TYPES, OS_TYPES } from './enums.ts'
import { isImageUrl, parseSnapshotReference } from './image-reference.ts'
import type { FieldError } from './schema.ts'

type Guest = AgentSpec | ToolboxSpec

/** An error when a value is set and not one of those known (contract 9, rules 1 and 2). */
export function known(field: string, value: string | undefined, values: readonly string[]): FieldError[] {
  if (!value || values.includes(value)) return []
  return [{ field, message: `must be one of ${values.join(', ')}, not "${value}"` }]
}

/** Rule 2, and the guests that firecracker cannot run (contract 9, rule 3). */
export function guestErrors(field: string, guest: Guest): FieldError[] {
  const errors = [
    ...known(`${field}.os`, guest.os, OS_TYPES),
    ...known(`${field}.connType`, guest.connType, CONN_TYPES),
    ...known(`${field}.backend`, guest.backend, BACKENDS),
  ]
  if (guest.backend === 'firecracker' && guest.os === 'windows') {
    errors.push({ field: `${field}.os`, message: 'windows does not run on firecracker' })
  }
  return errors
}

/** What an image must be for the mode, given or by default, and the backend (contract 9, rules 3 and 4). */
export function imageErrors(field: string, guest: Guest, mode: string): FieldError[] {
  const errors: FieldError[] = []
  const image = guest.image ?? ''
  if (guest.backend === 'firecracker') {
    if (isImageUrl(image)) {
      errors.push({
        field: `${field}.image`,
        message: 'must not be a URL: firecracker boots OCI images only',
      })
    }
    if (mode !== 'run') {
      errors.push({ field: `${field}.mode`, message: `must be run with firecracker, not "${mode}"` })
    }
  }
  if (mode === 'clone' && image !== '' && parseSnapshotReference(image) === null) {
    const message = `must be a relative repo[:tag] to clone from, not "${image}"`
    errors.push({ field: `${field}.image`, message })
  }
  return errors
}
