import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { JsonRecord } from './json.ts'
import { isRecord, textAt } from './json.ts'

export const ISSUER = 'https://kubernetes.default.svc.cluster.local'

/** Signs tokens of service accounts, with a key that lives as long as the process. */
export interface TokenSigner {
  /** A JWT. */
  sign(claims: JsonRecord): string
  /** The claims of a JWT that this signer made, whether or not it has expired; a text says why it is none. */
  read(token: string): JsonRecord | string
  /** The public key, as /openid/v1/jwks lists it. */
  keySet(): JsonRecord
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function decoded(text: string): JsonRecord {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

/** What looks like a token of this cluster's issuer; anything else is for other authenticators. */
export function isOwnToken(token: string): boolean {
  const parts = token.split('.')
  return parts.length === 3 && textAt(decoded(parts[1] ?? ''), 'iss') === ISSUER
}

const ALGORITHM = 'ES256'
/** JWTs carry ECDSA signatures as two plain numbers. */
const DSA = 'ieee-p1363' as const

export function tokenSigner(): TokenSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
  const header = encoded({ alg: ALGORITHM, kid })
  return {
    sign(claims) {
      const text = `${header}.${encoded(claims)}`
      const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: DSA })
      return `${text}.${signature.toString('base64url')}`
    },
    read(token) {
      const [head = '', claims = '', signature = ''] = token.split('.')
      if (head !== header) return 'invalid signature, no keys found'
      const bytes = Buffer.from(signature, 'base64url')
      const key = { key: publicKey, dsaEncoding: DSA }
      if (!verify('sha256', Buffer.from(`${head}.${claims}`), key, bytes)) {
        return 'invalid signature, no keys found'
      }
      return decoded(claims)
    },
    keySet() {
      const { kty, crv, x, y } = publicKey.export({ format: 'jwk' })
      return { keys: [{ use: 'sig', kty, kid, crv, alg: ALGORITHM, x, y }] }
    },
  }
}

/** /.well-known/openid-configuration; `base` is how the client reaches the server. */
export function openidConfiguration(base: string): JsonRecord {
  return {
    issuer: ISSUER,
    jwks_uri: `${base}/openid/v1/jwks`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [ALGORITHM],
  }
}
