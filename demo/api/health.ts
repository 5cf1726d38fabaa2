import type { Answer } from './answer.ts'
import { pageNotFound } from './text-answer.ts'

const TEXT = 'text/plain; charset=utf-8'
const CHECKS: readonly string[] = ['ping', 'log']
const PATH = /^\/(healthz|livez|readyz)(?:\/([^/]+))?$/

/**
 * The health checks, each by itself or all together, in words when they are asked for; undefined for other paths.
 * Throws 404 for a check that there is not.
 */
export function healthAnswer(pathname: string, query: URLSearchParams): Answer | undefined {
  const [, root, check] = PATH.exec(pathname) ?? []
  if (root === undefined) return undefined
  if (check !== undefined) {
    if (!CHECKS.includes(check)) throw pageNotFound()
    return { code: 200, body: 'ok', contentType: TEXT }
  }
  const words = [...CHECKS.map((one) => `[+]${one} ok`), `${root} check passed`, '']
  const body = query.has('verbose') ? words.join('\n') : 'ok'
  return { code: 200, body, contentType: TEXT, headers: { 'x-content-type-options': 'nosniff' } }
}
