import type { Review } from '../reviews.ts'
import type { Operation, PathItem } from './operations.ts'
import { answers, bodyOf, idOf, pathItem, refTo, tagOf } from './operations.ts'
import { NAMESPACE, PRETTY, WRITE } from './parameters.ts'
import { kindSchemaName } from './schema-names.ts'

/** The one path of a kind that is posted and answered, never stored. */
export function reviewPath(review: Review): [string, PathItem] {
  const { group, version, kind, plural, namespaced } = review
  const schema = refTo(kindSchemaName({ ...review, custom: false }, kind))
  const post: Operation = {
    tags: [tagOf(group, version)],
    description: `create a ${kind}`,
    operationId: `create${idOf(group, version)}${namespaced ? 'Namespaced' : ''}${kind}`,
    parameters: [...WRITE, PRETTY],
    requestBody: { content: bodyOf({ custom: false }, schema)?.content ?? {}, required: true },
    responses: answers([200, 201, 202], schema),
    'x-kubernetes-action': 'post',
    'x-kubernetes-group-version-kind': { group, version, kind },
  }
  const scope = namespaced ? 'namespaces/{namespace}/' : ''
  return [`/apis/${group}/${version}/${scope}${plural}`, pathItem({ post }, namespaced ? [NAMESPACE] : [])]
}
