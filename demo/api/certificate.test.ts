import { X509Certificate } from 'node:crypto'
import { expect, it } from 'vitest'
import { certificateAuthority, selfSigned } from './certificate.ts'

const NOW = Date.UTC(2026, 0, 1)

it('makes a certificate for its hosts, signed by itself', () => {
  const own = new X509Certificate(selfSigned(['localhost', '127.0.0.1'], NOW).cert)
  expect(own.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1')
  expect(own.verify(own.publicKey)).toBe(true)
})

it('makes an authority whose client certificates nobody else can make', () => {
  const authority = certificateAuthority('callers', NOW)
  const root = new X509Certificate(authority.cert)
  const client = new X509Certificate(authority.clientCertificate('api-server', NOW).cert)
  expect(root.ca).toBe(true)
  expect(client.ca).toBe(false)
  expect(client.subject).toBe('CN=api-server')
  expect(client.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
  expect(client.checkIssued(root)).toBe(true)
  expect(client.verify(root.publicKey)).toBe(true)
  const other = new X509Certificate(certificateAuthority('callers', NOW).cert)
  expect(client.verify(other.publicKey)).toBe(false)
})
