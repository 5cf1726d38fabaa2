/** Which objects name which owners, by uid. */
export interface Dependents {
  /** Says all owners of an object; an empty list forgets it. */
  set(uid: string, owners: readonly string[]): void
  of(owner: string): string[]
}

export function createDependents(): Dependents {
  const byOwner = new Map<string, Set<string>>()
  const ownersOf = new Map<string, readonly string[]>()
  return {
    set(uid, owners) {
      for (const owner of ownersOf.get(uid) ?? []) {
        const rest = byOwner.get(owner)
        rest?.delete(uid)
        if (rest?.size === 0) byOwner.delete(owner)
      }
      if (owners.length === 0) ownersOf.delete(uid)
      else ownersOf.set(uid, owners)
      for (const owner of owners) {
        const known = byOwner.get(owner) ?? new Set()
        byOwner.set(owner, known.add(uid))
      }
    },
    of: (owner) => [...(byOwner.get(owner) ?? [])],
  }
}
