import { parseJson } from './body.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, textAt, valueAt } from './json.ts'
import { badRequest } from './status.ts'

export type Propagation = 'Background' | 'Foreground' | 'Orphan'

export interface DeleteOptions {
  /** Seconds; undefined is the kind's default. */
  grace: number | undefined
  propagation: Propagation
  /** '' is any. */
  uid: string
  resourceVersion: string
  dryRun: boolean
  /** As they were sent, for webhooks. */
  sent: JsonRecord
}

const POLICIES: Readonly<Record<string, Propagation>> = {
  Background: 'Background',
  Foreground: 'Foreground',
  Orphan: 'Orphan',
}

/** Reads the options of a deletion from its body, or from its query when there is no body. Throws 400. */
export function deleteOptionsOf(body: string, query: URLSearchParams): DeleteOptions {
  const sent = body.trim() === '' ? {} : parseJson(body)
  if (!isRecord(sent)) throw badRequest('the deletion options must be a JSON object')
  const policyText = textAt(sent, 'propagationPolicy') || (query.get('propagationPolicy') ?? '')
  const orphan = valueAt(sent, 'orphanDependents') === true || query.get('orphanDependents') === 'true'
  const propagation = POLICIES[policyText || (orphan ? 'Orphan' : 'Background')]
  if (!propagation) throw badRequest(`invalid propagationPolicy ${JSON.stringify(policyText)}`)
  const inQuery = query.get('gracePeriodSeconds')
  const grace = valueAt(sent, 'gracePeriodSeconds') ?? (inQuery === null ? undefined : Number(inQuery))
  if (grace !== undefined && (typeof grace !== 'number' || !Number.isInteger(grace))) {
    throw badRequest('gracePeriodSeconds must be a whole number')
  }
  const inBody = valueAt(sent, 'dryRun')
  return {
    grace,
    propagation,
    uid: textAt(sent, 'preconditions', 'uid'),
    resourceVersion: textAt(sent, 'preconditions', 'resourceVersion'),
    dryRun: isDryRun(query) || (Array.isArray(inBody) && inBody.includes('All')),
    sent,
  }
}

/** Throws 400 for values other than All. */
export function isDryRun(query: URLSearchParams): boolean {
  const values = query.getAll('dryRun').filter((value) => value !== '')
  if (values.some((value) => value !== 'All'))
    throw badRequest(`dryRun: Unsupported value: ${JSON.stringify(values)}`)
  return values.length > 0
}
