import { cocoonSetDenial, validateCocoonSetSpec } from '../../lib/cocoon/admission-set.ts'
import { validateCocoonHibernation } from '../../lib/cocoon/admission-hibernation.ts'
import { podCreationDenial } from '../../lib/cocoon/admission-pod.ts'
import type { CocoonHibernation, CocoonSet } from '../../lib/cocoon/crd.ts'
import { API_GROUP, PLURAL_COCOON_HIBERNATIONS, PLURAL_COCOON_SETS } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import type { FieldError } from '../../lib/cocoon/schema.ts'
import { validateCocoonSetTransition, validateHibernationTransition } from '../../lib/cocoon/transitions.ts'
import type { Admission, WriteRequest } from './admission.ts'
import type { KubeJson } from './json.ts'
import { sameJson } from './json.ts'
import type { Resource } from './resource.ts'
import { resourceId } from './resource.ts'
import { invalid, statusError } from './status.ts'

type ListObjects = (resource: Resource, namespace: string) => KubeJson[]

const SETS = resourceId(API_GROUP, PLURAL_COCOON_SETS)
const HIBERNATIONS = resourceId(API_GROUP, PLURAL_COCOON_HIBERNATIONS)

/** A rule of the schema on the object's fields is worded as the original words a broken CEL rule. */
function refuseTransition({ resource, name }: WriteRequest, errors: readonly FieldError[]): void {
  if (errors.length === 0) return
  const causes = errors.map(({ field, message }) => ({
    reason: 'FieldValueInvalid',
    message: `Invalid value: "object": ${message}`,
    field,
  }))
  throw invalid(resource, name, causes)
}

function deny(webhook: string, why: string | null): void {
  if (why === null) return
  throw statusError(403, 'Forbidden', `admission webhook "${webhook}" denied the request: ${why}`)
}

function validateSet(request: WriteRequest): void {
  const set: CocoonSet = request.object
  const old: CocoonSet | undefined = request.old
  refuseTransition(request, validateCocoonSetTransition(old, set))
  if (old && sameJson(old.spec, set.spec)) return
  deny('cocoonsets.validate.cocoonstack.io', cocoonSetDenial(validateCocoonSetSpec(set.spec)))
}

function validateHibernation(request: WriteRequest, list: ListObjects): void {
  const hibernation: CocoonHibernation = request.object
  refuseTransition(request, validateHibernationTransition(request.old, hibernation))
  if (request.operation !== 'CREATE') return
  const others = list(request.resource, request.namespace)
  const errors = validateCocoonHibernation(hibernation, others)
  const why = errors.length > 0 ? errors.map((error) => error.message).join('; ') : null
  deny('cocoonhibernations.validate.cocoonstack.io', why)
}

function validatePod(request: WriteRequest): void {
  if (request.operation !== 'CREATE') return
  const pod: Pod = request.object
  const { username } = request.user
  deny('pods.mutate.cocoonstack.io', podCreationDenial({ pod, username }))
}

const RULES: Readonly<Record<string, (request: WriteRequest, list: ListObjects) => void>> = {
  [SETS]: validateSet,
  [HIBERNATIONS]: validateHibernation,
  pods: validatePod,
}

/** The webhooks of a Cocoon cluster and the rules of its schemas (contract 3, 9). */
export const cocoonRules = (list: ListObjects): Admission => ({
  mutate: (request) => request.object,
  validate(request) {
    if (request.operation === 'DELETE' || request.subresource !== '') return
    RULES[request.resource.id]?.(request, list)
  },
})
