import type { Problem } from '../fleet/writes/answer.ts'

/** What is common to the copies of this module: Next bundles one of its own, and `server.ts` has another. */
const BRAND = Symbol.for('cocoon-dashboard.refused')

/** A request that is not done, thrown to whoever answers it. One thrown by any copy of this module is one for all. */
export class Refused extends Error {
  override name = 'Refused'
  readonly problem: Problem
  readonly [BRAND] = true

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }

  static override [Symbol.hasInstance](value: unknown): value is Refused {
    return typeof value === 'object' && value !== null && BRAND in value
  }
}

export function problemResponse(problem: Problem): Response {
  const { retryAfter } = problem
  return Response.json(
    { type: 'about:blank', ...problem },
    {
      status: problem.status,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      },
    },
  )
}
