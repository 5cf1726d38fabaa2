/** RFC 9457: what went wrong, with which object, and what to do, for programs and for people. */
export interface Problem {
  status: number
  title: string
  detail: string
}

export function problemResponse(problem: Problem): Response {
  return Response.json(
    { type: 'about:blank', ...problem },
    {
      status: problem.status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    },
  )
}
