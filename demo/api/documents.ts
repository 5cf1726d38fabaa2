import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { servedVersions } from './aggregation-services.ts'
import type { Cluster } from './cluster.ts'
import { discoveryOf, isDiscovery } from './discovery.ts'
import { SERVED_TYPES, negotiate } from './negotiate.ts'
import { answerOpenApi } from './openapi/answer-openapi.ts'
import type { Target } from './request-target.ts'
import type { Answer } from './answer.ts'
import { openidConfiguration } from './service-account-tokens.ts'
import { methodNotAllowed } from './status.ts'
import { pageNotFound } from './text-answer.ts'

const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.3-cocoon-demo',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'none',
  platform: 'linux/amd64',
}

/** The original writes for people what people ask for by hand. */
const indented = (document: object) => JSON.stringify(document, undefined, 2)

function openidDocument(cluster: Cluster, request: IncomingMessage, path: string): Answer | undefined {
  if (path === '/openid/v1/jwks') {
    const contentType = 'application/jwk-set+json'
    return { code: 200, body: JSON.stringify(cluster.signer.keySet()), contentType }
  }
  if (path !== '/.well-known/openid-configuration') return undefined
  const found = openidConfiguration(`https://${request.headers.host ?? ''}`)
  return { code: 200, body: JSON.stringify(found) }
}

const FIXED_PATHS = [
  '/.well-known/openid-configuration',
  '/api',
  '/api/v1',
  '/apis',
  '/apis/',
  '/healthz',
  '/livez',
  '/openapi/v2',
  '/openapi/v3',
  '/openapi/v3/',
  '/openid/v1/jwks',
  '/readyz',
  '/version',
]

function index(cluster: Cluster): Answer {
  const groups = servedVersions(cluster).filter(({ group }) => group !== '')
  const paths = groups.flatMap(({ group, version }) => [`/apis/${group}`, `/apis/${group}/${version}`])
  return { code: 200, body: indented({ paths: [...new Set([...FIXED_PATHS, ...paths])].sort() }) }
}

function discovery(cluster: Cluster, request: IncomingMessage, path: string): Answer {
  const { accept, host = '' } = request.headers
  const negotiated = negotiate(accept, ['discovery'], SERVED_TYPES)
  const discovered = { registry: cluster.registry, versions: servedVersions(cluster) }
  const found = discoveryOf(discovered, path, host, negotiated)
  const body = JSON.stringify(found)
  if (found.kind !== 'APIGroupDiscoveryList') {
    const [contentType = ''] = negotiated.contentType.split(';')
    return { code: 200, body, contentType }
  }
  const etag = `"${createHash('sha512').update(body).digest('hex').toUpperCase()}"`
  const headers = { vary: 'Accept', etag, 'cache-control': 'public' }
  if (request.headers['if-none-match'] === etag) return { code: 304, body: '', headers }
  return { code: 200, body, contentType: negotiated.contentType, headers }
}

/**
 * Answers a request that is not about stored objects: what there is, which version, how it is described.
 * Throws 404 and 405.
 */
export function documentOf(cluster: Cluster, request: IncomingMessage, target: Target): Answer {
  const path = target.pathname
  const openApi = answerOpenApi(cluster.registry, request, target)
  if (openApi) return openApi
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (isDiscovery(path)) {
    if (!reads) throw methodNotAllowed()
    return discovery(cluster, request, path)
  }
  if (!reads) throw pageNotFound()
  if (path === '/' || path === '/index.html') return index(cluster)
  if (path === '/version' || path === '/version/') return { code: 200, body: indented(VERSION) }
  const openid = openidDocument(cluster, request, path)
  if (openid) return openid
  throw pageNotFound()
}
