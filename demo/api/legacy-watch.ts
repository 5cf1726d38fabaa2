import { methodNotAllowed } from './status.ts'

/** The word that old clients put before what they watch: `/api/v1/watch/pods`. */
const WATCH = 'watch'

/** The steps below a version without that word, and whether it was there. */
export function withoutWatch(steps: readonly string[]): { rest: readonly string[]; watched: boolean } {
  const watched = steps[0] === WATCH
  return { rest: watched ? steps.slice(1) : steps, watched }
}

/** The query of the watch that an old path asks for: of one object when it names one. Throws 405 unless it is a GET. */
export function legacyWatchQuery(method: string, name: string, query: URLSearchParams): URLSearchParams {
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed()
  if (name === '') return query
  const narrowed = new URLSearchParams(query)
  const asked = query.get('fieldSelector')
  narrowed.set('fieldSelector', [asked, `metadata.name=${name}`].filter(Boolean).join(','))
  return narrowed
}
