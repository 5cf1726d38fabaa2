const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

/** Whether an address to listen on can be reached from this machine alone. */
export const isLoopback = (host: string) => LOOPBACK.has(host)
