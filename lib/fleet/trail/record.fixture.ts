import type { TrailRecord } from './record.ts'

/** A VM that dana put to sleep. */
export const aRecord = (more: Partial<TrailRecord> = {}): TrailRecord => ({
  at: '2026-11-23T12:00:07.250Z',
  who: 'dana',
  means: 'token',
  action: 'hibernate',
  target: { resource: 'pods', namespace: 'team-a', name: 'web-0', uid: 'uid-web-0' },
  detail: '',
  from: '10.1.2.3',
  requestId: 'request-1',
  result: 'done',
  code: '',
  durationMs: 41,
  ...more,
})
