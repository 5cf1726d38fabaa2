import type { CocoonHibernation, CocoonSet } from './crd.ts'
import type { FieldError } from './schema.ts'

/** The CEL rules of the schemas (contract 3.1, 3.3): their messages, and the same rules in TypeScript. */
export const RELEASE_NEEDS_LONE_AGENT = 'hibernatePolicy=release requires agent.replicas=0 and no toolboxes'
export const CLASS_IMMUTABLE = 'snapshotCompatibilityClass is immutable once set'
export const POD_REF_IMMUTABLE = 'spec.podRef is immutable'

/** A released set keeps its memory in the registry alone, which only a lone main agent can (contract 3.1). */
export function releaseForbids(
  hibernatePolicy: string | undefined,
  replicas: number,
  toolboxes: number,
): boolean {
  return hibernatePolicy === 'release' && (replicas !== 0 || toolboxes !== 0)
}

/** CEL rules that a CocoonSet breaks; `old` is null or absent when it is being created (contract 3.1). */
export function validateCocoonSetTransition(
  old: CocoonSet | null | undefined,
  next: CocoonSet,
): FieldError[] {
  const errors: FieldError[] = []
  const { hibernatePolicy, agent, toolboxes, snapshotCompatibilityClass } = next.spec ?? {}
  if (releaseForbids(hibernatePolicy, agent?.replicas ?? 0, toolboxes?.length ?? 0)) {
    errors.push(onSpec(RELEASE_NEEDS_LONE_AGENT))
  }
  const oldClass = old?.spec?.snapshotCompatibilityClass
  if (next.spec && oldClass !== undefined && oldClass !== snapshotCompatibilityClass) {
    errors.push(onSpec(CLASS_IMMUTABLE))
  }
  return errors
}

/** CEL rules that a change of a CocoonHibernation breaks (contract 3.3). */
export function validateHibernationTransition(
  old: CocoonHibernation | null | undefined,
  next: CocoonHibernation,
): FieldError[] {
  const before = old?.spec?.podRef
  const after = next.spec?.podRef
  if (!before || !after || before.name === after.name) return []
  return [{ field: 'spec.podRef', message: POD_REF_IMMUTABLE }]
}

function onSpec(message: string): FieldError {
  return { field: 'spec', message }
}
