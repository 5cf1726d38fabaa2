import { randomUUID } from 'node:crypto'
import type { TrailMeans, TrailRecord, TrailTarget } from '../../fleet/trail/record.ts'
import { sentenceOf } from '../../fleet/trail/words.ts'
import type { Logger } from '../../process/logger.ts'
import type { Transport } from '../transport.ts'
import { createEventWriter } from './event-writer.ts'
import { deservesEvent } from './deserves-event.ts'

/** Who did it, and how they reached the API server. */
export interface Doer {
  name: string
  /** Their own; without, an Event is written as the dashboard. */
  transport?: Transport
  means?: TrailMeans
  /** The address of the peer. */
  from?: string
  requestId?: string
}

/** What was done, as those who did it know. */
export type Noted = Pick<TrailRecord, 'action' | 'target' | 'result' | 'traffic'> &
  Partial<Pick<TrailRecord, 'detail' | 'code'>> & {
    /** Epoch milliseconds. */
    begun: number
  }

/** The audit trail: each deed is one log line, and an Event on its object where that may be written. */
export interface Trail {
  /** Takes one deed down; never throws, and never holds the deed up. */
  note(doer: Doer, noted: Noted): void
  /** Resolves when all Events that are under way have been written, or could not be, or after so long (ms). */
  settled(withinMs: number): Promise<void>
}

export interface TrailOptions {
  logger: Logger
  /** The dashboard's own. */
  transport: Transport
  /** Whether the dashboard's watch knows this very object. */
  knows(target: TrailTarget): boolean
  now?: () => number
}

const MOST_NAME = 512

/** The trail of one process, into its log and the Events of the cluster. */
export function createTrail({ logger, transport, knows, now = Date.now }: TrailOptions): Trail {
  // Who did what is written whatever else is not worth a line.
  const level = logger.level === 'silent' ? 'silent' : 'info'
  const lines = logger.child({ audit: true }, { level })
  const events = createEventWriter({ transport, now })
  return {
    note(doer, { begun, target, action, result, traffic, detail = '', code = '' }) {
      const at = now()
      const record: TrailRecord = {
        at: new Date(at).toISOString(),
        who: doer.name.slice(0, MOST_NAME),
        means: doer.means ?? 'dashboard',
        action,
        target,
        detail,
        from: doer.from ?? '',
        requestId: doer.requestId || randomUUID(),
        result,
        code,
        durationMs: Math.max(0, at - begun),
        ...(traffic === undefined ? {} : { traffic }),
      }
      const about = deservesEvent(record, knows)
      const obstacle = about === null ? null : events.obstacle(record, about, doer)
      const event = about === null ? 'none' : (obstacle ?? 'being written')
      lines.info({ ...record, event }, sentenceOf(record))
      if (about === null || obstacle !== null) return
      const { requestId } = record
      events.write(record, about, doer, (why) => {
        lines.info({ requestId, event: why }, 'An Event of the audit trail was not written.')
      })
    },
    settled: events.settled,
  }
}
