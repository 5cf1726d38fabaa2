/** Where a reflector reports; a pino logger is one. */
export interface ReflectorLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What a reflector has done so far; all only grow. */
export interface ReflectorCounters {
  /** Complete lists, paged or streamed, and how many of them were streamed. */
  lists: number
  streamedLists: number
  pages: number
  /** Watch requests sent. */
  watches: number
  events: number
  bookmarks: number
  /** Events not newer than what is held. */
  ignored: number
  badFrames: number
  quarantined: number
  sinkErrors: number
  /** Connections given up because nothing was heard on them. */
  silences: number
  /** Times that the cluster's history itself was believed to have gone back (restored from a backup). */
  rollbacks: number
  audits: number
  auditsSkipped: number
  /** Objects that an audit found to differ. Anything but 0 is a bug, here or in the API server. */
  divergences: number
}

export function newCounters(): ReflectorCounters {
  return {
    lists: 0,
    streamedLists: 0,
    pages: 0,
    watches: 0,
    events: 0,
    bookmarks: 0,
    ignored: 0,
    badFrames: 0,
    quarantined: 0,
    sinkErrors: 0,
    silences: 0,
    rollbacks: 0,
    audits: 0,
    auditsSkipped: 0,
    divergences: 0,
  }
}
