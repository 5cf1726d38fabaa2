import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts'

const policyOf = (dev: boolean) =>
  Object.fromEntries(
    contentSecurityPolicy({ nonce: 'bm9uY2U=', dev })
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  )

describe('the policy of the pages', () => {
  it('lets nothing run, frame or be spoken to but what is of here', () => {
    expect(policyOf(false)).toEqual({
      'default-src': "'none'",
      'script-src': "'self' 'nonce-bm9uY2U=' 'strict-dynamic'",
      'style-src': "'self' 'nonce-bm9uY2U='",
      'style-src-attr': "'unsafe-inline'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
      'object-src': "'none'",
    })
  })

  it('is looser for development, and only in what its tools need', () => {
    const [strict, loose] = [policyOf(false), policyOf(true)]
    const differs = Object.keys(loose).filter((name) => loose[name] !== strict[name])
    expect(differs).toEqual(['script-src', 'style-src'])
  })
})

it.each([true, false])('promises TLS exactly where there is TLS: %s', (tls) => {
  const headers = securityHeaders({ nonce: 'bm9uY2U=', dev: false, tls })
  expect(headers['strict-transport-security']).toBe(tls ? 'max-age=31536000' : undefined)
})
