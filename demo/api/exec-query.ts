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

/** The query that a kubelet gets for exec (with its command) and attach, in the original's order. */
export function streamQuery(query: URLSearchParams, withCommand: boolean): URLSearchParams {
  const command = withCommand ? query.getAll('command').map((word) => ['command', word]) : []
  const streams = STREAMS.filter(([, name]) => on(query, name)).map(([name]) => [name, '1'])
  return new URLSearchParams([...command, ...streams])
}

/** The query that a kubelet gets for port-forward. */
export function portQuery(query: URLSearchParams): URLSearchParams {
  const ports = query.getAll('ports').flatMap((one) => one.split(','))
  return new URLSearchParams(ports.length > 0 ? [['port', ports.join(',')]] : [])
}
