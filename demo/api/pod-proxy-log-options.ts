import { forbiddenField, invalidValue } from './field-causes.ts'
import { goTime } from './pod-proxy-log-time.ts'
import type { FieldCause } from './status.ts'
import { badRequest, invalid } from './status.ts'

const INT64_MAX = 2n ** 63n - 1n

function wholeNumber(query: URLSearchParams, name: string): bigint | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const refuse = (why: string) => badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`)
  if (!/^[+-]?\d+$/.test(text)) throw refuse('invalid syntax')
  const value = BigInt(text.replace(/^\+/, ''))
  if (value > INT64_MAX || value < -INT64_MAX - 1n) throw refuse('value out of range')
  return value
}

const on = (query: URLSearchParams, name: string) => {
  const value = query.get(name)
  return value !== null && value !== '0' && value.toLowerCase() !== 'false'
}

function timeOf(query: URLSearchParams): string | undefined {
  const text = query.get('sinceTime')
  return text === null || text === '' || text === 'null' ? undefined : goTime(text)
}

/** The value of an int64 in messages and queries: JSON has no bigint. */
const printed = (value: bigint) => Number(value)

/**
 * The query that a kubelet gets for the log options of a request, in the original's order. Throws 400 for what cannot
 * be read and 422 for what makes no sense.
 */
export function logQuery(query: URLSearchParams, name: string): URLSearchParams {
  const [sinceSeconds, tailLines, limitBytes] = ['sinceSeconds', 'tailLines', 'limitBytes'].map((one) =>
    wholeNumber(query, one),
  )
  const sinceTime = timeOf(query)
  const causes: FieldCause[] = []
  if (tailLines !== undefined && tailLines < 0n) {
    causes.push(invalidValue('tailLines', printed(tailLines), 'must be greater than or equal to 0'))
  }
  if (limitBytes !== undefined && limitBytes < 1n) {
    causes.push(invalidValue('limitBytes', printed(limitBytes), 'must be greater than 0'))
  }
  if (sinceSeconds !== undefined && sinceTime !== undefined) {
    causes.push(forbiddenField('[]', 'at most one of `sinceTime` or `sinceSeconds` may be specified'))
  } else if (sinceSeconds !== undefined && sinceSeconds < 1n) {
    causes.push(invalidValue('sinceSeconds', printed(sinceSeconds), 'must be greater than 0'))
  }
  // The gate that would allow one of the two streams is off by default.
  if (query.has('stream')) causes.push(forbiddenField('stream', 'may not be specified'))
  if (causes.length > 0) throw invalid({ group: '', kind: 'PodLogOptions' }, name, causes)

  const asked: [string, string | undefined][] = [
    ['follow', on(query, 'follow') ? 'true' : undefined],
    ['limitBytes', limitBytes?.toString()],
    ['previous', on(query, 'previous') ? 'true' : undefined],
    ['sinceSeconds', sinceSeconds?.toString()],
    ['sinceTime', sinceTime],
    ['tailLines', tailLines?.toString()],
    ['timestamps', on(query, 'timestamps') ? 'true' : undefined],
  ]
  return new URLSearchParams(asked.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
}
