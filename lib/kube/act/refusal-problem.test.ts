import { describe, expect, it } from 'vitest'
import { refusalOf } from '../refusal.ts'
import { refusalProblem } from './refusal-problem.ts'

const problemOf = (status: object) => refusalProblem(refusalOf(status), 'It was not done')

const DENIED =
  'admission webhook "cocoonsets.validate.cocoonstack.io" denied the request: cocoon-webhook: invalid CocoonSet ' +
  'spec: spec.agent.image is required; spec.toolboxes[0].name must be unique'

const CAUSES = [
  { field: 'spec.a', message: 'Required value' },
  { field: 'spec.b', message: 'Invalid value' },
]

describe('a refusal of the API server', () => {
  it.each<[string, object, object]>([
    [
      'forbidden',
      { code: 403, reason: 'Forbidden', message: 'pods "a" is forbidden: User "u" cannot delete' },
      { status: 403, code: 'forbidden', reason: 'Forbidden' },
    ],
    [
      'admission, with the fields in its words',
      { code: 403, reason: 'Forbidden', message: DENIED },
      {
        status: 403,
        code: 'admission-denied',
        field: 'spec.agent.image',
        causes: [
          { field: 'spec.agent.image', message: 'is required' },
          { field: 'spec.toolboxes[0].name', message: 'must be unique' },
        ],
      },
    ],
    [
      'an admission policy',
      {
        code: 422,
        message: "pods \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no",
      },
      { status: 403, code: 'admission-denied' },
    ],
    [
      'invalid, with all causes',
      {
        code: 422,
        reason: 'Invalid',
        message: 'CocoonSet "a" is invalid',
        details: { causes: CAUSES },
      },
      { status: 422, code: 'invalid', field: 'spec.a', causes: CAUSES },
    ],
    [
      'invalid, with a cause of no field',
      {
        code: 422,
        reason: 'Invalid',
        message: 'CocoonSet "a" is invalid',
        details: { causes: [{ field: '<nil>', message: 'Invalid value: null' }, ...CAUSES] },
      },
      {
        status: 422,
        code: 'invalid',
        field: 'spec.a',
        causes: [{ field: '', message: 'Invalid value: null' }, ...CAUSES],
      },
    ],
    [
      'an unknown field',
      {
        code: 400,
        reason: 'BadRequest',
        message: 'strict decoding error: unknown field "spec.x", duplicate field "spec.y"',
      },
      {
        status: 422,
        code: 'invalid',
        causes: [
          { field: 'spec.x', message: 'unknown field' },
          { field: 'spec.y', message: 'duplicate field' },
        ],
      },
    ],
    [
      'there already',
      { code: 409, reason: 'AlreadyExists', message: 'cocoonsets "a" already exists' },
      { status: 409, code: 'already-exists', detail: 'cocoonsets "a" already exists.' },
    ],
    ['a conflict', { code: 409, reason: 'Conflict', message: 'modified' }, { status: 409, code: 'conflict' }],
    ['not found', { code: 404, reason: 'NotFound', message: 'no' }, { status: 404, code: 'not-found' }],
    [
      'credentials',
      { code: 401, reason: 'Unauthorized', message: 'no' },
      { status: 401, code: 'unauthorized' },
    ],
    [
      'too many requests',
      { code: 429, message: 'slow down', details: { retryAfterSeconds: 3 } },
      { status: 429, code: 'rate-limited', retryAfter: 3 },
    ],
    [
      'a webhook that is away',
      { code: 500, reason: 'InternalError', message: 'failed calling webhook "x"' },
      { status: 503, code: 'unavailable' },
    ],
    ['no words at all', { code: 418 }, { status: 422, detail: 'the API server answered 418.' }],
  ])('%s', (_, status, problem) => {
    expect(problemOf(status)).toMatchObject({ title: 'It was not done', ...problem })
  })
})
