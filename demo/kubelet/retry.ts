/** A failure of the last operation on a pod (contract 6.2). */
export interface Retry {
  failures: number
  /** What was wanted at the time: a pod that wants something else is served at once. */
  asleep: boolean
  /** The wait is over. */
  due: boolean
}

const FIRST = 5_000
const LONGEST = 300_000
/** Virtual-kubelet leaves a pod alone after this many attempts, until something else is wanted of it. */
const ATTEMPTS = 20

/** One more failure, of an attempt to have the VM asleep or awake. */
export function afterFailure(before: Retry | undefined, asleep: boolean): Retry {
  return { failures: (before?.asleep === asleep ? before.failures : 0) + 1, asleep, due: false }
}

/** A failure that is not tried again: of a time before this process, or for good. */
export const givenUp = (asleep: boolean): Retry => ({ failures: ATTEMPTS, asleep, due: false })

/** Milliseconds from a failure to the next attempt, twice as long each time; nothing when there will be none. */
export function retryWait({ failures }: Retry): number | undefined {
  return failures >= ATTEMPTS ? undefined : Math.min(LONGEST, FIRST * 2 ** (failures - 1))
}

/** Whether what failed, or the opposite of it, may be tried now. */
export function mayTry(retry: Retry | undefined, asleep: boolean): boolean {
  return retry === undefined || retry.due || retry.asleep !== asleep
}
