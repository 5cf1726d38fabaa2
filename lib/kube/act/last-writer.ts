import { fieldsOf, itemsOf } from '../../fleet/reader.ts'
import { safeText } from '../failure-words.ts'

/** Who wrote last to an object, or to one field of it, by the API server's own record. */
export interface Writer {
  /** The name that the writer gives itself, as `kubectl-edit`; '' when there is no record. */
  who: string
  /** ISO 8601, to the second; '' when there is no record. */
  when: string
}

const NAME = 'cocoon-dashboard'

/** The name under which one request writes: with it the record tells this very request from any other. */
export const managerOf = (requestId: string) => `${NAME}/${requestId}`

const shownName = (manager: string) => (manager.startsWith(`${NAME}/`) ? NAME : safeText(manager, 128))

const entriesOf = (object: unknown) => itemsOf(fieldsOf(fieldsOf(object).metadata).managedFields)

/** Whether the record of an object names this manager. */
export const hasWriter = (object: unknown, manager: string) =>
  entriesOf(object).some((entry) => entry.manager === manager)

function owns(entry: Record<string, unknown>, field: readonly string[]): boolean {
  let at: Record<string, unknown> = fieldsOf(entry.fieldsV1)
  for (const name of field) {
    const key = `f:${name}`
    if (!Object.hasOwn(at, key)) return false
    at = fieldsOf(at[key])
  }
  return true
}

const timeOf = (entry: Record<string, unknown>) => (typeof entry.time === 'string' ? entry.time : '')

/** The latest writer of a field, or of anything in it, as `['spec', 'suspend']`. */
export function lastWriter(object: unknown, field: readonly string[]): Writer {
  const entries = entriesOf(object).filter((entry) => owns(entry, field))
  const latest = entries.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b))).at(-1)
  if (latest === undefined) return { who: '', when: '' }
  return { who: typeof latest.manager === 'string' ? shownName(latest.manager) : '', when: timeOf(latest) }
}
