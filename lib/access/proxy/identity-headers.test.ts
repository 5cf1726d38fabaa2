import { describe, expect, it } from 'vitest'
import { inNetworks, personOfProxy } from './identity-headers.ts'

const SETTINGS = {
  userHeader: 'x-forwarded-user',
  groupsHeader: 'x-forwarded-groups',
  trusted: ['10.0.0.0/8', '2001:db8::/32'],
}
const PROXY = '10.1.2.3'
const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

describe('personOfProxy', () => {
  it.each([
    [['X-Forwarded-User', 'vera', 'X-Forwarded-Groups', 'qa, ops,qa'], 'vera', ['qa', 'ops']],
    [['x-forwarded-user', ' vera '], 'vera', []],
    [['X-Forwarded-User', 'vera', 'X-Forwarded-Groups', ''], 'vera', []],
    [['X-Forwarded-User', latin1('Žofie')], 'Žofie', []],
    [['Connection', 'keep-alive', 'X-Forwarded-User', 'vera'], 'vera', []],
  ])('believes %j', (headers, name, groups) => {
    expect(personOfProxy(headers, PROXY, SETTINGS)).toEqual({ person: { name, groups } })
  })

  it.each([
    [[], 'names nobody'],
    [['X-Forwarded-User', ''], 'empty'],
    [['X-Forwarded-User', '  '], 'empty'],
    [['X-Forwarded-Groups', 'qa'], 'names nobody'],
    [['X_Forwarded_User', 'ada'], 'underscores'],
    [['X-Forwarded_User', 'ada', 'X-Forwarded-User', 'vera'], 'underscores'],
    [['X-Forwarded-User', 'vera', 'X_Forwarded_Groups', 'admins'], 'underscores'],
    [['X-Forwarded-User', 'vera', 'X-Forwarded-User', 'ada'], 'more than once'],
    [['X-Forwarded-User', 'vera', 'x-forwarded-user', 'vera'], 'more than once'],
    [['X-Forwarded-User', 'vera', 'X-Forwarded-Groups', 'a', 'X-Forwarded-Groups', 'b'], 'more than once'],
    [['X-Forwarded-User', 'vera, ada'], 'more than one'],
    [['Connection', 'close, X-Forwarded-User', 'X-Forwarded-User', 'vera'], 'dropped'],
    [['Connection', 'x_forwarded_groups', 'X-Forwarded-User', 'vera'], 'dropped'],
    [['X-Forwarded-User', 'system:admin'], 'system:'],
    [['X-Forwarded-User', 'vera', 'X-Forwarded-Groups', 'qa,system:masters'], 'system:'],
    [['X-Forwarded-User', 'ver\u0007a'], 'cannot be seen'],
    [['X-Forwarded-User', '\u00ff\u00fe'], 'UTF-8'],
    [['X-Forwarded-User', latin1('vera\u2028')], 'cannot be seen'],
    [['X-Forwarded-User', latin1('\u202Eare\u202C')], 'cannot be seen'],
    [['X-Forwarded-User', latin1('vera\u00A0')], 'blanks'],
    [['X-Forwarded-User', 'vera', 'X-Forwarded-Groups', latin1('qa,\u2003admins')], 'blanks'],
  ])('makes nobody of %j', (headers, why) => {
    const word = personOfProxy(headers, PROXY, SETTINGS)
    expect('refused' in word && word.refused).toContain(why)
  })

  it.each(['127.0.0.1', '11.0.0.1', '::1', '', 'garbage', '::ffff:11.0.0.1', '2001:db9::1'])(
    'believes nothing from %j',
    (peer) => {
      const word = personOfProxy(['X-Forwarded-User', 'vera'], peer, SETTINGS)
      expect('refused' in word && word.refused).toContain('trusted proxy')
    },
  )

  it.each(['10.255.255.255', '::ffff:10.0.0.1', '::FFFF:10.0.0.1', '2001:db8::7'])('trusts %s', (peer) => {
    expect(inNetworks(SETTINGS.trusted)(peer)).toBe(true)
  })
})
