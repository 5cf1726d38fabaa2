import type { Outcome } from './exec-outcome.ts'

/** The streams that an exec asked for, by the kubelet's query parameters. */
export interface ExecOptions {
  stdin: boolean
  stdout: boolean
  stderr: boolean
  tty: boolean
}

/** The client's end of one exec, whatever protocol it speaks. */
export interface ExecSession {
  stdin: AsyncIterable<Uint8Array>
  /** Both resolve when the client's connection has taken the bytes; what was not asked for is dropped. */
  stdout(chunk: Uint8Array): Promise<void>
  stderr(chunk: Uint8Array): Promise<void>
  /** Aborted when the client is gone. */
  signal: AbortSignal
  /** Sends how it ended, and ends the connection. */
  finish(outcome: Outcome): Promise<void>
}

/** Runs what was asked for, and finishes the session. */
export type RunSession = (session: ExecSession) => Promise<void>

const flag = (query: URLSearchParams, name: string) => query.get(name) === '1'

/** Reads the options of exec and attach. Throws, in virtual-kubelet's words, when they make no sense. */
export function execOptionsOf(query: URLSearchParams): ExecOptions {
  const options = {
    stdin: flag(query, 'input'),
    stdout: flag(query, 'output'),
    stderr: flag(query, 'error'),
    tty: flag(query, 'tty'),
  }
  if (options.tty && options.stderr) throw new Error('cannot exec with tty and stderr')
  if (!options.stdin && !options.stdout && !options.stderr) {
    throw new Error('you must specify at least one of stdin, stdout, stderr')
  }
  return options
}
