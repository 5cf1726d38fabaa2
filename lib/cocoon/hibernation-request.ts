/** What the rules ask of a CocoonHibernation: what it wants, and how far it is (contract 5). */
export interface HibernationRequest {
  desire: string
  phase: string
}

/** What the request works at: a transition that has begun is finished first, and reversed afterwards (contract 5). */
export function runningDesire({ desire, phase }: HibernationRequest): string {
  if (phase === 'Hibernating') return 'Hibernate'
  return phase === 'Waking' ? 'Wake' : desire
}

/** Whether the request keeps its pod asleep or is putting it to sleep (contract 4.2, step 5). */
export function keepsAsleep({ desire, phase }: HibernationRequest): boolean {
  return desire === 'Hibernate' || phase === 'Hibernating'
}

/** Whether a pod that is made anew must be restored from its memory, not booted (contract 4.2, step 6; 5). */
export function isRestorable({ phase }: Pick<HibernationRequest, 'phase'>): boolean {
  return phase === 'Hibernated' || phase === 'Waking'
}
