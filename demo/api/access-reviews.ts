import { userOfReview } from './authentication.ts'
import type { User } from './authentication.ts'
import type { Attributes } from './authorization.ts'
import type { Cluster } from './cluster.ts'
import { invalidValue } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, textAt, valueAt } from './json.ts'
import type { FieldCause } from './status.ts'
import { badRequest, invalid } from './status.ts'

/** The original does not say of which kind an invalid review is. */
const NAMELESS = { group: 'authorization.k8s.io', kind: '' }

function attributes(spec: unknown): Attributes {
  const resource = valueAt(spec, 'resourceAttributes')
  return {
    verb: textAt(resource, 'verb') || textAt(spec, 'nonResourceAttributes', 'verb'),
    group: textAt(resource, 'group'),
    resource: textAt(resource, 'resource'),
    subresource: textAt(resource, 'subresource'),
    namespace: textAt(resource, 'namespace'),
    name: textAt(resource, 'name'),
    path: textAt(spec, 'nonResourceAttributes', 'path'),
  }
}

/** Attributes as the original's own types print them. */
function printedPath(spec: unknown): JsonRecord {
  const asked = valueAt(spec, 'nonResourceAttributes')
  return { Path: textAt(asked, 'path'), Verb: textAt(asked, 'verb') }
}

function attributeCauses(spec: unknown): FieldCause[] {
  const ofResource = isRecord(valueAt(spec, 'resourceAttributes'))
  const ofPath = isRecord(valueAt(spec, 'nonResourceAttributes'))
  if (ofResource && ofPath) {
    const why = 'cannot be specified in combination with resourceAttributes'
    return [invalidValue('spec.nonResourceAttributes', printedPath(spec), why)]
  }
  if (ofResource || ofPath) return []
  const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified'
  return [invalidValue('spec.resourceAttributes', null, why)]
}

function metadataCauses({ metadata }: JsonRecord, allowed: string): FieldCause[] {
  const given = Object.entries(isRecord(metadata) ? metadata : {}).filter(
    ([name, value]) => value !== null && name !== allowed && name !== 'managedFields',
  )
  if (given.length === 0) return []
  const why = allowed ? `must be empty except for ${allowed}` : 'must be empty'
  return [invalidValue('metadata', Object.fromEntries(given), why)]
}

function refuse(causes: FieldCause[]): void {
  if (causes.length > 0) throw invalid(NAMELESS, '', causes)
}

function decide(cluster: Cluster, user: User, spec: unknown): JsonRecord {
  const { allowed, reason = '' } = cluster.authorizer.decide(user, attributes(spec))
  return { allowed, ...(reason && { reason }) }
}

function decideFor(cluster: Cluster, body: JsonRecord, others: FieldCause[]): JsonRecord {
  const user = userOfReview(body.spec)
  const why = 'at least one of user or group must be specified'
  const nobody = user ? [] : [invalidValue('spec.user', '', why)]
  refuse([...attributeCauses(body.spec), ...nobody, ...others])
  return decide(cluster, user ?? { username: '', groups: [] }, body.spec)
}

/** The status of a SelfSubjectAccessReview. Throws 422. */
export function reviewOwnAccess(cluster: Cluster, user: User, body: JsonRecord): JsonRecord {
  refuse([...attributeCauses(body.spec), ...metadataCauses(body, '')])
  return decide(cluster, user, body.spec)
}

/** The status of a SubjectAccessReview. Throws 422. */
export function reviewAccess(cluster: Cluster, _user: User, body: JsonRecord): JsonRecord {
  return decideFor(cluster, body, metadataCauses(body, ''))
}

/** The status of a LocalSubjectAccessReview, which is about its own namespace only. Throws 422. */
export function reviewLocalAccess(
  cluster: Cluster,
  _user: User,
  body: JsonRecord,
  namespace: string,
): JsonRecord {
  const asked = textAt(body, 'spec', 'resourceAttributes', 'namespace')
  const ofPath = isRecord(valueAt(body, 'spec', 'nonResourceAttributes'))
  const elsewhere = !ofPath && asked !== namespace
  const field = 'spec.resourceAttributes.namespace'
  return decideFor(cluster, body, [
    ...metadataCauses(body, 'namespace'),
    ...(elsewhere ? [invalidValue(field, asked, 'must match metadata.namespace')] : []),
    ...(ofPath
      ? [
          invalidValue(
            'spec.nonResourceAttributes',
            printedPath(body.spec),
            'disallowed on this kind of request',
          ),
        ]
      : []),
  ])
}

/** The status of a SelfSubjectRulesReview. Throws 400. */
export function reviewOwnRules(cluster: Cluster, user: User, body: JsonRecord): JsonRecord {
  const namespace = textAt(body, 'spec', 'namespace')
  if (!namespace) throw badRequest('no namespace on request')
  return { ...cluster.authorizer.rules(user, namespace), incomplete: false }
}
