import type { Problem } from '../../../lib/fleet/writes/answer.ts'

/** `spec.agent.replicas` and `intoSet.replicas` are of the same field of a form. */
const lastPart = (field: string) => field.split('.').at(-1) ?? field

/** What a refusal that names no field is about; null when it is about no single one. */
function wholeField({ code, detail = '' }: Partial<Problem>): string | null {
  if (code === 'already-exists') return 'name'
  return code === 'not-found' && detail.startsWith('namespaces "') ? 'namespace' : null
}

/**
 * What the server says of one field of a form, '' when nothing: its causes name fields as they are in the request
 * or in the object. A name that is taken, and a namespace that is not there, are told at their fields, too.
 */
export function serverWords(problem: Partial<Problem> | null, field: string): string {
  if (problem === null) return ''
  const { causes = [], detail = '' } = problem
  const cause = causes.find((each) => lastPart(each.field) === field)
  if (cause !== undefined) return cause.message
  const whole = problem.field === undefined ? wholeField(problem) : lastPart(problem.field)
  return whole === field ? detail : ''
}
