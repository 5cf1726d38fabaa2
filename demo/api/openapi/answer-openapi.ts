import type { IncomingMessage } from 'node:http'
import type { Target } from '../request-target.ts'
import type { Registry } from '../registry.ts'
import type { Answer } from '../answer.ts'
import type { Catalogue } from './catalogue.ts'
import { followCatalogue } from './catalogue.ts'

const JSON_TYPE = 'application/json'
const SWAGGER_TYPES = [
  'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
  'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
]
const SWAGGER_PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf'
const YEAR_MS = 365 * 24 * 3600 * 1000

const catalogues = new WeakMap<Registry, () => Catalogue>()

function currentCatalogue(registry: Registry): Catalogue {
  const known = catalogues.get(registry) ?? followCatalogue(registry)
  catalogues.set(registry, known)
  return known()
}

/** The first type of an Accept header that is offered; `undefined` when there is none. */
function accepted(header: string | undefined, offered: readonly string[]): string | undefined {
  for (const clause of (header || '*/*').split(',')) {
    const type = clause.split(';')[0]?.trim().toLowerCase() ?? ''
    if (type === '*/*' || type === 'application/*') return JSON_TYPE
    if (offered.includes(type)) return type
  }
  return undefined
}

const empty = (code: number, headers: Record<string, string> = {}): Answer => ({ code, body: '', headers })

function index(catalogue: Catalogue): Answer {
  const paths = [...catalogue.entries].map(([path, { published }]) => {
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${published().hash}` }]
  })
  // The original does not say that it is JSON, either.
  return {
    code: 200,
    body: JSON.stringify({ paths: Object.fromEntries(paths) as unknown }),
    contentType: 'text/plain; charset=utf-8',
  }
}

function version3(
  catalogue: Catalogue,
  path: string,
  request: IncomingMessage,
  asked: string | null,
  now: number,
): Answer {
  const entry = catalogue.entries.get(path)
  if (!entry) return empty(404)
  if (!accepted(request.headers.accept, [JSON_TYPE])) return empty(406, { vary: 'Accept' })
  const { text, hash } = entry.published()
  const headers = { etag: `"${hash}"`, vary: 'Accept' }
  if (asked !== null && asked !== hash) {
    return empty(301, { ...headers, location: `/openapi/v3/${path}?hash=${hash}` })
  }
  const lasting = {
    'cache-control': 'public, immutable',
    expires: new Date(now + YEAR_MS).toUTCString().replace('GMT', 'UTC'),
  }
  const all = { ...headers, ...(asked === hash && lasting) }
  if (request.headers['if-none-match'] === headers.etag) return empty(304, all)
  return { code: 200, body: text, contentType: JSON_TYPE, headers: all }
}

function version2(catalogue: Catalogue, request: IncomingMessage): Answer {
  const type = accepted(request.headers.accept, [JSON_TYPE, ...SWAGGER_TYPES])
  const vary = 'Accept-Encoding, Accept'
  if (!type) return empty(406, { vary })
  const { text, hash } = catalogue.swagger()
  const headers = { etag: `"${hash}"`, vary }
  if (request.headers['if-none-match'] === headers.etag) return empty(304, headers)
  if (type === JSON_TYPE) return { code: 200, body: text, contentType: JSON_TYPE, headers }
  return { code: 200, body: catalogue.swaggerBytes(), contentType: SWAGGER_PROTOBUF, headers }
}

/**
 * Answers /openapi/v2 and /openapi/v3 as the original does: the index with addresses that change with their
 * content, each version's document, 301 from a hash that is not current any more. undefined for other paths.
 */
export function answerOpenApi(
  registry: Registry,
  request: IncomingMessage,
  url: Target,
  now = Date.now(),
): Answer | undefined {
  const { pathname } = url
  if (pathname === '/openapi/v2') return version2(currentCatalogue(registry), request)
  if (pathname === '/openapi/v3') return index(currentCatalogue(registry))
  if (!pathname.startsWith('/openapi/v3/')) return undefined
  const path = pathname.slice('/openapi/v3/'.length)
  return version3(currentCatalogue(registry), path, request, url.searchParams.get('hash'), now)
}
