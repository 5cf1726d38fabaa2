import { describe, expect, it } from 'vitest'
import type { SessionDocument, SignedIn } from '../fleet/session.ts'
import { ASKING, nextState, whoOf } from './session-state.ts'
import type { SessionState } from './session-state.ts'

const VERA: SignedIn = {
  name: 'vera',
  groups: ['qa'],
  means: 'token',
  since: '2026-01-02T00:00:00Z',
  expiresAt: '2026-01-02T08:00:00Z',
  demoUser: null,
}
const document = (signedIn: SignedIn | null, mode: SessionDocument['mode'] = 'token'): SessionDocument => ({
  mode,
  cluster: { kind: 'kube', name: 'lab' },
  signedIn,
  openToAll: false,
  demoUsers: [],
  oidc: null,
  notice: '',
})
const whoIs = (signedIn: SignedIn) => whoOf(document(signedIn)) ?? ''
const isIn = (signedIn: SignedIn): SessionState => ({
  kind: 'in',
  who: whoIs(signedIn),
  document: document(signedIn),
  fixed: false,
})
const NOW = Date.parse('2026-01-02T00:00:00Z')

describe('whoOf', () => {
  it('is one for one sign-in, whatever is renewed', () => {
    const renewed = { ...VERA, expiresAt: '2026-01-02T16:00:00Z', groups: ['qa', 'ops'] }
    expect(whoIs(renewed)).toBe(whoIs(VERA))
  })

  it.each<[string, Partial<SignedIn>]>([
    ['name', { name: 'ada' }],
    ['means', { means: 'impersonation' }],
    ['sign-in', { since: '2026-01-02T00:00:01Z' }],
    ['user of the demo', { demoUser: 'viewer' }],
  ])('differs with the %s', (_what, over) => {
    expect(whoIs({ ...VERA, ...over })).not.toBe(whoIs(VERA))
  })

  it('cannot be made alike by the choice of a name', () => {
    expect(whoIs({ ...VERA, name: 'vera","2026' })).not.toBe(whoIs({ ...VERA, name: 'vera', since: '2026' }))
  })

  it('is nobody where somebody has to sign in, and everybody where nobody does', () => {
    expect([whoOf(document(null)), whoOf(document(null, 'none'))]).toEqual([null, 'everybody'])
  })
})

const ADA = { ...VERA, name: 'ada' }
const OUT: SessionState = { kind: 'out', why: 'left', document: null }

describe('what a new answer makes of what was known', () => {
  it.each<[string, SessionState, SignedIn | null, object]>([
    ['somebody, at first', ASKING, VERA, { kind: 'in' }],
    ['nobody, at first', ASKING, null, { kind: 'out', why: 'never' }],
    ['the same', isIn(VERA), { ...VERA, expiresAt: null }, { kind: 'in', fixed: false }],
    ['somebody else', isIn(VERA), ADA, { kind: 'other', to: null }],
    ['nobody any more', isIn(VERA), null, { kind: 'out', why: 'ended' }],
    ['still nobody', OUT, null, { kind: 'out', why: 'left' }],
    ['somebody again', OUT, VERA, { kind: 'other', to: null }],
    ['too late', { kind: 'other', to: '/x' }, null, { kind: 'other', to: '/x' }],
  ])('%s', (_what, before, signedIn, after) => {
    expect(nextState(before, document(signedIn), NOW)).toMatchObject(after)
  })
})

describe('an end that asking does not move', () => {
  const ending = (minutes: number) => ({ ...VERA, expiresAt: new Date(NOW + minutes * 60_000).toISOString() })

  it.each<[string, SignedIn, SignedIn, boolean]>([
    ['is fixed when it is near', ending(4), ending(4), true],
    ['is not known to be while it is far', ending(40), ending(40), false],
    ['is none that moved', ending(1), ending(4), false],
  ])('%s', (_what, before, after, fixed) => {
    expect(nextState(isIn(before), document(after), NOW)).toMatchObject({ kind: 'in', fixed })
  })
})
