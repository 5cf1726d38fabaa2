import type { Problem } from '../../../lib/fleet/writes/answer.ts'

/** `spec.agent.replicas` and `intoSet.replicas` are of the same field of a form. */
const lastPart = (field: string) => field.split('.').at(-1) ?? field

/**
 * What the server says of one field of a form, '' when nothing: its causes name fields as they are in the request
 * or in the object. A name that is taken is the name's.
 */
export function serverWords(problem: Partial<Problem> | null, field: string): string {
  if (problem === null) return ''
  const { causes = [], code, detail = '' } = problem
  const cause = causes.find((each) => lastPart(each.field) === field)
  if (cause !== undefined) return cause.message
  const whole = problem.field === undefined ? code === 'already-exists' && 'name' : lastPart(problem.field)
  return whole === field ? detail : ''
}
