import { pino } from 'pino'
import type { Logger } from 'pino'

export type { Logger } from 'pino'

/** Structured log lines on stderr: stdout belongs to what a person or a script asked for. */
export function createLogger(level: string): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Without this an error under the key `error` is written as {}.
    serializers: { error: pino.stdSerializers.err },
  }
  return pino(options, pino.destination({ dest: 2, sync: true }))
}
