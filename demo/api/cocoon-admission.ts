import type { CocoonHibernation, CocoonSet } from '../../lib/cocoon/crd.ts'
import { API_GROUP, PLURAL_COCOON_HIBERNATIONS, PLURAL_COCOON_SETS } from '../../lib/cocoon/keys.ts'
import type { FieldError } from '../../lib/cocoon/schema.ts'
import { validateCocoonSetTransition, validateHibernationTransition } from '../../lib/cocoon/transitions.ts'
import type { KubeJson } from './json.ts'
import type { Resource } from './resource.ts'
import { resourceId } from './resource.ts'
import type { FieldCause } from './status.ts'

type Rule = (old: KubeJson | undefined, object: KubeJson) => readonly FieldError[]

const RULES: Readonly<Record<string, Rule>> = {
  [resourceId(API_GROUP, PLURAL_COCOON_SETS)]: (old: CocoonSet | undefined, set: CocoonSet) =>
    validateCocoonSetTransition(old, set),
  [resourceId(API_GROUP, PLURAL_COCOON_HIBERNATIONS)]: (
    old: CocoonHibernation | undefined,
    hibernation: CocoonHibernation,
  ) => validateHibernationTransition(old, hibernation),
}

/** A rule of the schema on the object's fields is worded as the original words a broken CEL rule. */
export function transitionCauses(
  resource: Resource,
  object: KubeJson,
  old: KubeJson | undefined,
): FieldCause[] {
  const errors = RULES[resource.id]?.(old, object) ?? []
  return errors.map(({ field, message }) => ({
    reason: 'FieldValueInvalid',
    message: `Invalid value: "object": ${message}`,
    field,
  }))
}
