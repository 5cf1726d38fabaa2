import type { Problem } from '../fleet/writes/answer.ts'

/** A request that is not done, thrown to whoever answers it. */
export class Refused extends Error {
  override name = 'Refused'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
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
