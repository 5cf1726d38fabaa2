import { describe, expect, it } from 'vitest'
import { failureWords, safeText } from './failure-words.ts'

const JWT = [
  'eyJhbGciOiJSUzI1NiIsImtpZCI6Ing',
  'eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ',
  'c2lnbmF0dXJl_part-here',
].join('.')

describe('words for failures', () => {
  it.each([
    ['ECONNREFUSED', 'the API server refuses connections (ECONNREFUSED)'],
    ['ENOTFOUND', "the API server's host name does not resolve (ENOTFOUND)"],
    ['CERT_HAS_EXPIRED', "the API server's certificate has expired (CERT_HAS_EXPIRED)"],
  ])('%s', (code, words) => {
    expect(failureWords(Object.assign(new Error('connect'), { code }))).toBe(words)
  })

  it('keeps the words of what it does not know', () => {
    expect(failureWords(new Error('no answer within 5 s'))).toBe('no answer within 5 s')
    expect(failureWords('plain')).toBe('plain')
    expect(failureWords(new TypeError(''))).toBe('TypeError')
  })

  it.each([
    ['a token', `refused ${JWT} today`],
    ['a bearer header', 'sent Authorization: Bearer abc.def'],
    ['a long secret', `got ${'A1b2'.repeat(12)}=`],
  ])('takes out %s', (_, text) => {
    expect(safeText(text)).toContain('[redacted]')
    expect(safeText(text)).not.toMatch(/eyJ|abc|A1b2/)
  })

  it('leaves names and paths as they are', () => {
    const text =
      '/var/run/secrets/kubernetes.io/serviceaccount/token: User "system:serviceaccount:cocoon-system:cocoon-dashboard" cannot list resource "cocoonhibernations" in API group "cocoonset.cocoonstack.io"'
    expect(safeText(text)).toBe(text)
    const dotted = 'selfsubjectaccessreviews.authorization.k8s.io is forbidden'
    expect(safeText(dotted)).toBe(dotted)
  })

  it('flattens and shortens', () => {
    expect(safeText('a\n  b\t c')).toBe('a b c')
    expect(safeText('word '.repeat(200), 20)).toBe('word word word word …')
  })
})
