import { describe, expect, it } from 'vitest'
import { personOfClaims } from './claims.ts'

const NAMES = {
  issuer: 'https://id.example',
  usernameClaim: 'email',
  usernamePrefix: '',
  groupsClaim: 'groups',
  groupsPrefix: '',
}

describe('personOfClaims', () => {
  it.each([
    [{ email: 'nora@x.example', groups: ['qa', 'qa', 'ops'] }, {}, 'nora@x.example', ['qa', 'ops']],
    [{ email: 'nora@x.example', groups: 'qa' }, {}, 'nora@x.example', ['qa']],
    [{ email: 'nora@x.example' }, {}, 'nora@x.example', []],
    [{ email: 'n', email_verified: true }, {}, 'n', []],
    [{ sub: '17' }, { usernameClaim: 'sub' }, 'https://id.example#17', []],
    [{ sub: '17' }, { usernameClaim: 'sub', usernamePrefix: '-' }, '17', []],
    [
      { sub: '17', groups: ['a'] },
      { usernameClaim: 'sub', usernamePrefix: 'o:', groupsPrefix: 'g:' },
      'o:17',
      ['g:a'],
    ],
    [{ sub: 'system:admin' }, { usernameClaim: 'sub', usernamePrefix: 'o:' }, 'o:system:admin', []],
    [{ email: 'Žofie Nováková' }, {}, 'Žofie Nováková', []],
  ])('%j by %j', (claims, names, name, groups) => {
    expect(personOfClaims(claims, { ...NAMES, ...names })).toEqual({ person: { name, groups } })
  })

  it.each([
    [{}, 'has no claim "email"'],
    [{ email: '' }, 'has no claim "email"'],
    [{ email: 17 }, 'has no claim "email"'],
    [{ email: 'n', email_verified: false }, 'not verified'],
    [{ email: 'n', email_verified: 'true' }, 'not verified'],
    [{ email: 'n', groups: { qa: true } }, 'no list of names'],
    [{ email: 'n', groups: ['qa', 1] }, 'no list of names'],
    [{ email: 'system:admin' }, 'begins with "system:"'],
    [{ email: 'n', groups: ['qa', 'system:masters'] }, 'begins with "system:"'],
    [{ email: 'a\r\nImpersonate-Group: system:masters' }, 'cannot be seen'],
    [{ email: ' system:admin' }, 'blanks'],
    [{ email: 'n', groups: [''] }, 'is empty'],
    [{ email: 'n'.repeat(600) }, 'longer than'],
    [{ email: 'n', groups: Array.from({ length: 501 }, (_, index) => `g${index}`) }, 'more than 500'],
  ])('makes nobody of %j', (claims, why) => {
    const found = personOfClaims(claims, NAMES)
    expect(found).toHaveProperty('refused')
    expect('refused' in found && found.refused).toContain(why)
  })
})
