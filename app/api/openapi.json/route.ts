import { openApiDocument } from '../../../lib/kube/api/openapi.ts'

/** What the API takes and answers, for programs. */
export function GET(): Response {
  return Response.json(openApiDocument())
}
