import { badRequest } from './status.ts'

const on = (query: URLSearchParams, name: string) => {
  const value = query.get(name)
  return value !== null && value !== '0' && value.toLowerCase() !== 'false'
}

/** What a kubelet calls the streams that clients of the API ask for. */
const STREAMS: readonly (readonly [string, string])[] = [
  ['error', 'stderr'],
  ['input', 'stdin'],
  ['output', 'stdout'],
  ['tty', 'tty'],
]

/** The names of the streams that a client asks for. */
export const askedStreams = (query: URLSearchParams): ReadonlySet<string> =>
  new Set(STREAMS.map(([, name]) => name).filter((name) => on(query, name)))

/** The query that a kubelet gets for exec (with its command) and attach, in the original's order. */
export function streamQuery(query: URLSearchParams, withCommand: boolean): URLSearchParams {
  const command = withCommand ? query.getAll('command').map((word) => ['command', word]) : []
  const streams = STREAMS.filter(([, name]) => on(query, name)).map(([name]) => [name, '1'])
  return new URLSearchParams([...command, ...streams])
}

/** The query that a kubelet gets for port-forward. Throws 400 for what is no port. */
export function portQuery(query: URLSearchParams): URLSearchParams {
  const ports = query.getAll('ports').flatMap((one) => one.split(','))
  const wrong = ports.find((port) => !/^\d+$/.test(port) || Number(port) > 65_535)
  if (wrong !== undefined) {
    const why = /^\d+$/.test(wrong) ? 'value out of range' : 'invalid syntax'
    throw badRequest(`cannot convert to []int32: strconv.ParseUint: parsing ${JSON.stringify(wrong)}: ${why}`)
  }
  return new URLSearchParams(ports.length > 0 ? [['port', ports.join(',')]] : [])
}
