import { forbiddenField, notSupported } from './field-causes.ts'
import { wholeFault, wholeNumber } from './go-numbers.ts'
import { isTrue } from './path-attributes.ts'
import type { FieldCause, StatusError } from './status.ts'
import { badRequest, invalid, statusError } from './status.ts'

export interface ListOptions {
  /** undefined when the client names none; 0 is "any". */
  revision: number | undefined
  match: '' | 'Exact' | 'NotOlderThan'
  /** 0 is no limit. */
  limit: number
  continueToken: string
  bookmarks: boolean
  /** Seconds; undefined when the client names none. */
  timeoutSeconds: number | undefined
  sendInitialEvents: boolean | undefined
}

const MATCHES = new Set(['', 'Exact', 'NotOlderThan'])

function truth(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name)
  return text === null || text === '' ? undefined : isTrue(text)
}

function listCauses(match: string, revision: string, query: URLSearchParams): FieldCause[] {
  const field = 'resourceVersionMatch'
  const causes: FieldCause[] = []
  if (match && !revision) {
    causes.push(forbiddenField(field, `${field} is forbidden unless resourceVersion is provided`))
  }
  if (match && query.get('continue')) {
    causes.push(forbiddenField(field, `${field} is forbidden when continue is provided`))
  }
  if (!MATCHES.has(match)) causes.push(notSupported(field, match, ['Exact', 'NotOlderThan', '']))
  if (match === 'Exact' && revision === '0') {
    causes.push(forbiddenField(field, `${field} "exact" is forbidden for resourceVersion "0"`))
  }
  if (query.get('sendInitialEvents')) {
    causes.push(forbiddenField('sendInitialEvents', 'sendInitialEvents is forbidden for list'))
  }
  return causes
}

function watchCauses(match: string, initial: boolean | undefined, query: URLSearchParams): FieldCause[] {
  const field = 'resourceVersionMatch'
  const causes: FieldCause[] = []
  if (initial !== undefined && match !== 'NotOlderThan') {
    causes.push(forbiddenField(field, `sendInitialEvents requires setting ${field} to NotOlderThan`))
  }
  if (match && initial === undefined) {
    const why = `${field} is forbidden for watch unless sendInitialEvents is provided`
    causes.push(forbiddenField(field, why))
  }
  if (match && match !== 'NotOlderThan') causes.push(notSupported(field, match, ['NotOlderThan']))
  if (match && query.get('continue')) {
    causes.push(forbiddenField(field, `${field} is forbidden when continue is provided`))
  }
  return causes
}

/** Reads the parameters of a list or watch. Throws 400 (and 500) for what is not a number, 422 for what cannot go together. */
export function listOptionsOf(query: URLSearchParams, watch: boolean): ListOptions {
  const revisionText = query.get('resourceVersion') ?? ''
  const match = query.get('resourceVersionMatch') ?? ''
  const sendInitialEvents = truth(query, 'sendInitialEvents')
  const causes = watch ? watchCauses(match, sendInitialEvents, query) : listCauses(match, revisionText, query)
  if (causes.length > 0) throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', causes)
  return {
    revision: revisionText === '' ? undefined : revisionOf(revisionText, watch ? 'other' : 'list'),
    match: match === 'Exact' || match === 'NotOlderThan' ? match : '',
    limit: Math.max(0, wholeNumber(query, 'limit') ?? 0),
    continueToken: query.get('continue') ?? '',
    bookmarks: truth(query, 'allowWatchBookmarks') ?? false,
    timeoutSeconds: wholeNumber(query, 'timeoutSeconds'),
    sendInitialEvents,
  }
}

const UNREADABLE: Record<Asking, (why: string) => StatusError> = {
  list: (why) => badRequest(`invalid resource version: ${why}`),
  // The original does not know whose fault it is.
  other: (why) => statusError(500, '', why),
}

type Asking = 'list' | 'other'

/** A resourceVersion as a client sends it. Throws 400 where it is for a list, and otherwise 500, as the original does. */
export function revisionOf(text: string, asking: Asking = 'other'): number {
  const fault = wholeFault(text, 'Uint')
  if (fault) throw UNREADABLE[asking](`resourceVersion: Invalid value: ${JSON.stringify(text)}: ${fault}`)
  return Number(text)
}
