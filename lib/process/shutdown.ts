import type { Server } from 'node:http'
import type { Logger } from './logger.ts'

/** What takes longer than this (ms) is cut: an orchestrator kills after 30 s, and promise A12 says 10. */
const PATIENCE = 8_000
/** A connection whose answer has just ended is kept alive by default: look for such every so often (ms). */
const SWEEP = 100

export interface Shutdown {
  logger: Logger
  server: Server
  /** Run in order, each whatever became of the one before. */
  steps: readonly (() => Promise<void>)[]
}

async function end({ logger, server, steps }: Shutdown, signal: string): Promise<void> {
  logger.info({ signal }, 'shutting down')
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      logger.error({ error }, 'a step of the shutdown failed')
    }
  }
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP)
  await closed
  clearInterval(sweep)
}

/** Ends the process on SIGTERM and SIGINT: no new connections, streams closed, watches stopped, then out. */
export function endOnSignals(shutdown: Shutdown): void {
  let ending = false
  const onSignal = (signal: NodeJS.Signals) => {
    if (ending) return
    ending = true
    setTimeout(() => {
      shutdown.logger.warn('connections are still open; cutting them')
      shutdown.server.closeAllConnections()
      process.exit(0)
    }, PATIENCE).unref()
    void end(shutdown, signal).then(() => process.exit(0))
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
