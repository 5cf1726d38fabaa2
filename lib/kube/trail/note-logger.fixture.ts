import { pino } from 'pino'
import type { Logger } from '../../process/logger.ts'

/** A logger whose lines can be read back; only what is an error is logged besides the audit trail. */
export function noteLogger(): { logger: Logger; lines(): Record<string, unknown>[]; text(): string } {
  const written: string[] = []
  const logger = pino({ level: 'error', base: null }, { write: (line: string) => void written.push(line) })
  return {
    logger,
    text: () => written.join(''),
    lines: () =>
      written
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ audit }) => audit === true),
  }
}
