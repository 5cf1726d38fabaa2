import type { Problem, ProblemCode } from '../../fleet/writes/answer.ts'
import { Refused } from '../problem.ts'
import type { Refusal } from '../refusal.ts'

type Cause = { field: string; message: string }

/** Admission tells only by its words that it was admission. */
const ADMISSION =
  /admission webhook "[^"]*" denied the request|ValidatingAdmissionPolicy '[^']*'.* denied request/s

const isAdmission = ({ message }: Refusal) => ADMISSION.test(message)

function codeOf(refusal: Refusal): ProblemCode {
  const { status, reason } = refusal
  if (isAdmission(refusal)) return 'admission-denied'
  if (reason === 'AlreadyExists') return 'already-exists'
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  if (status === 409) return 'conflict'
  if (status === 413) return 'too-large'
  if (status === 429) return 'rate-limited'
  return status >= 400 && status < 500 ? 'invalid' : 'unavailable'
}

const SET_DENIAL = /invalid CocoonSet spec: (.*)$/s

/** The fields in the words of the cocoon webhook (contract 9) and of strict decoding, which name them in prose. */
function causesInWords(message: string): Cause[] {
  const denied = SET_DENIAL.exec(message)?.[1]
  if (denied !== undefined) {
    return denied.split('; ').flatMap((part) => {
      const [, field = '', words = ''] = /^(spec\S*) (.*)$/s.exec(part) ?? []
      return field === '' ? [] : [{ field, message: words }]
    })
  }
  const strict = message.matchAll(/(unknown|duplicate) field "([^"]*)"/g)
  return [...strict].map(([, kind = '', field = '']) => ({ field, message: `${kind} field` }))
}

const ADVICE: Partial<Record<ProblemCode, string>> = {
  unauthorized: 'The cluster does not accept the credentials that it was asked with.',
  forbidden: 'Somebody who administers the cluster can grant it.',
  'rate-limited': 'The API server is busy; try again in a moment.',
  unavailable: 'Nothing was written; try again in a moment.',
}

const HTTP_STATUS: Partial<Record<ProblemCode, number>> = {
  'admission-denied': 403,
  invalid: 422,
  unavailable: 503,
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)

/** What Go prints where it has no field to name. */
const NO_FIELD = '<nil>'

const named = ({ field, message }: Cause): Cause => ({ field: field === NO_FIELD ? '' : field, message })

/** The answer of the API server in the dashboard's form; `title` says what was not done, and to which object. */
export function refusalProblem(refusal: Refusal, title: string): Problem {
  const code = codeOf(refusal)
  const causes = refusal.causes.length > 0 ? refusal.causes.map(named) : causesInWords(refusal.message)
  const field = causes.find((cause) => cause.field !== '')?.field
  const words = refusal.message || refusal.words || `the API server answered ${refusal.status}`
  const advice = ADVICE[code]
  return {
    status: HTTP_STATUS[code] ?? refusal.status,
    code,
    title,
    detail: advice === undefined ? sentence(words) : `${sentence(words)} ${advice}`,
    ...(refusal.reason === '' ? {} : { reason: refusal.reason }),
    ...(field === undefined ? {} : { field }),
    ...(causes.length === 0 ? {} : { causes }),
    ...(refusal.retryAfterMs > 0 ? { retryAfter: Math.ceil(refusal.retryAfterMs / 1000) } : {}),
  }
}

/** What was only tried, or only read, got no answer: nothing has happened. */
export const noAnswer = (title: string, why: string): Refused =>
  new Refused({
    status: 503,
    code: 'unavailable',
    title,
    detail: `The API server did not answer: ${why}. Nothing was written; try again in a moment.`,
  })
