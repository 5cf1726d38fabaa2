import type { WrittenResource } from '../writes/planned-write.ts'

/** What people do through the dashboard that is taken down: each write, each console, each sign-in. */
export const TRAIL_ACTIONS = [
  'hibernate',
  'wake',
  'fork',
  'fork-into-set',
  'fork-standalone',
  'restart',
  'delete-vm',
  'remove-hibernation',
  'suspend',
  'resume',
  'scale',
  'migrate',
  'create-set',
  'edit-set',
  'delete-set',
  'open-console',
  'close-console',
  'open-terminal',
  'close-terminal',
  'sign-in',
  'sign-out',
] as const

export type TrailAction = (typeof TRAIL_ACTIONS)[number]

/**
 * What came of it: done by the cluster, tried without effect, refused by a rule or by the cluster, failed, or nobody
 * knows.
 */
export const TRAIL_RESULTS = ['done', 'tried', 'refused', 'failed', 'unknown'] as const

export type TrailResult = (typeof TRAIL_RESULTS)[number]

/** How the API server came to see them: as the dashboard itself, by their own token, or by impersonation. */
export const TRAIL_MEANS = ['dashboard', 'token', 'impersonation'] as const

export type TrailMeans = (typeof TRAIL_MEANS)[number]

/** The kinds that deeds are done to. */
export interface TrailTarget {
  resource: WrittenResource
  namespace: string
  name: string
  /** '' of what was never made. */
  uid: string
}

/** What went through a console; never what was typed. */
export interface TrailTraffic {
  /** Bytes that the browser sent. */
  sent: number
  /** Bytes that the browser got. */
  received: number
}

/** One line of the audit trail: nothing in it is secret, and nothing in it is what somebody typed. */
export interface TrailRecord {
  /** ISO 8601: when it ended. */
  at: string
  /** As the API server knows them; '' when nobody is known, as of a sign-in that was refused. */
  who: string
  means: TrailMeans
  action: TrailAction
  /** Null of a sign-in. */
  target: TrailTarget | null
  /** How many, where to: short, made by the dashboard of validated values; '' for none. */
  detail: string
  /** The address of the peer; '' when it is not known. */
  from: string
  requestId: string
  result: TrailResult
  /** Why it was not done (a problem's code), or why a console ended; '' of what was done. */
  code: string
  durationMs: number
  traffic?: TrailTraffic
}
