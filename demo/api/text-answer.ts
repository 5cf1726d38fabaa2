import type { Answer } from './answer.ts'

/** What is thrown to answer with something else than a Status. */
export interface AnswerError extends Error {
  answer: Answer
}

export const isAnswerError = (error: unknown): error is AnswerError =>
  error instanceof Error && 'answer' in error

/** The 404 of a path that belongs to nobody: a web server's, not the API's. */
export function pageNotFound(): AnswerError {
  const body = '404 page not found\n'
  const headers = { 'x-content-type-options': 'nosniff' }
  const answer: Answer = { code: 404, body, contentType: 'text/plain; charset=utf-8', headers }
  return Object.assign(new Error(body), { answer })
}
