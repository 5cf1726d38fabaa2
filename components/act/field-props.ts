import type { Problem } from '../../lib/fleet/writes/answer.ts'
import type { Wish } from './act.ts'
import type { Flaws } from './fork/wish-flaws.ts'

/** What every field of an action's form is given. */
export interface FieldProps {
  wish: Wish
  flaws: Flaws
  /** What the server said of the request, where it refused it. */
  problem: Partial<Problem> | null
  onWish: (wish: Wish) => void
}
