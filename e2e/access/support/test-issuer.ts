import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { selfSigned } from '../../../demo/api/certificate.ts'

const ALGORITHMS = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
} as const
type Algorithm = keyof typeof ALGORITHMS

interface Key {
  kid: string
  algorithm: Algorithm
  privateKey: KeyObject
  publicKey: KeyObject
}

/** An issuer of ID tokens that a test has in its hand: it signs whatever claims it is told to. */
export interface TestIssuer {
  url: string
  /** PEM of its certificate. */
  certificate: string
  /** A JWT of these claims, by the newest key of the algorithm. */
  sign(claims: Record<string, unknown>, algorithm?: Algorithm): string
  /** Signs with new keys from now on, and publishes no others. */
  rotate(): void
  /** Whether it answers; at first it does unless told. */
  reachable: boolean
  /** How often it was asked for its keys. */
  asked(): number
  close(): Promise<void>
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

export async function startTestIssuer(reachable = true): Promise<TestIssuer> {
  const { key, cert } = selfSigned(['127.0.0.1', 'localhost'], Date.now())
  let generation = 0
  let asked = 0
  let keys: Key[] = []
  const rotate = () => {
    generation++
    keys = (['RS256', 'ES256'] as const).map((algorithm) => {
      const { privateKey, publicKey } = ALGORITHMS[algorithm]()
      return { kid: `${algorithm}-${generation}`, algorithm, privateKey, publicKey }
    })
  }
  rotate()
  const server = createServer({ key, cert }, (request, response) => {
    const issuer = `https://${request.headers.host}`
    if (!state.reachable) return void request.socket.destroy()
    if (request.url === '/jwks') asked++
    const documents: Record<string, unknown> = {
      '/.well-known/openid-configuration': {
        issuer,
        jwks_uri: `${issuer}/jwks`,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        response_types_supported: ['id_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'ES256'],
      },
      '/jwks': {
        keys: keys.map(({ kid, algorithm, publicKey }) => ({
          ...publicKey.export({ format: 'jwk' }),
          kid,
          use: 'sig',
          alg: algorithm,
        })),
      },
    }
    const found = documents[request.url ?? '']
    const code = found === undefined ? 404 : 200
    return void response
      .writeHead(code, { 'content-type': 'application/json' })
      .end(JSON.stringify(found ?? {}))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const state: TestIssuer = {
    url: `https://127.0.0.1:${port}`,
    certificate: cert,
    reachable,
    rotate,
    asked: () => asked,
    sign(claims, algorithm = 'RS256') {
      const found = keys.find((one) => one.algorithm === algorithm)
      if (!found) throw new Error(`no key for ${algorithm}`)
      const text = `${encoded({ alg: algorithm, kid: found.kid })}.${encoded(claims)}`
      const signature = sign('sha256', Buffer.from(text), {
        key: found.privateKey,
        dsaEncoding: 'ieee-p1363',
      })
      return `${text}.${signature.toString('base64url')}`
    },
    async close() {
      const closed = new Promise((resolve) => void server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
  return state
}
