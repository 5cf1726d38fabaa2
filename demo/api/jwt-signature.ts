import { constants, createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { JsonRecord } from './json.ts'
import { textAt } from './json.ts'

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
/** JWTs carry ECDSA signatures as two plain numbers. */
const DSA = { dsaEncoding: 'ieee-p1363' as const }

/** What the original accepts of an issuer: kind of key, digest, and how the signature is made. */
const ALGORITHMS = new Map([
  ['RS256', { kty: 'RSA', crv: '', digest: 'sha256', how: {} }],
  ['RS384', { kty: 'RSA', crv: '', digest: 'sha384', how: {} }],
  ['RS512', { kty: 'RSA', crv: '', digest: 'sha512', how: {} }],
  ['PS256', { kty: 'RSA', crv: '', digest: 'sha256', how: PSS }],
  ['PS384', { kty: 'RSA', crv: '', digest: 'sha384', how: PSS }],
  ['PS512', { kty: 'RSA', crv: '', digest: 'sha512', how: PSS }],
  ['ES256', { kty: 'EC', crv: 'P-256', digest: 'sha256', how: DSA }],
  ['ES384', { kty: 'EC', crv: 'P-384', digest: 'sha384', how: DSA }],
  ['ES512', { kty: 'EC', crv: 'P-521', digest: 'sha512', how: DSA }],
])

export const SIGNING_ALGORITHMS = [...ALGORITHMS.keys()].toSorted()

function publicKey(jwk: JsonRecord): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}

/** Whether `token`, a compact JWT, was signed by the holder of a key of a key set. An unknown algorithm never was. */
export function isSignedBy(jwk: JsonRecord, algorithm: string, token: string): boolean {
  const found = ALGORITHMS.get(algorithm)
  const ofIt = found?.kty === textAt(jwk, 'kty') && (found.crv === '' || found.crv === textAt(jwk, 'crv'))
  const key = ofIt ? publicKey(jwk) : undefined
  if (!found || !key) return false
  const end = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  return verify(found.digest, Buffer.from(token.slice(0, end)), { key, ...found.how }, signature)
}
