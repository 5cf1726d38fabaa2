import type { TrailAction } from '../../fleet/trail/record.ts'
import { originOf } from '../../kube/caller.ts'
import { outcomeOf } from '../../kube/trail/note-deed.ts'
import type { Trail } from '../../kube/trail/trail.ts'
import type { Session } from './session.ts'

/** Takes down that somebody came or went; of one who was not let in, only where they came from and why. */
export function noteSession(
  trail: Trail,
  request: Request,
  action: Extract<TrailAction, 'sign-in' | 'sign-out'>,
  session: Session | null,
  error: unknown = null,
): void {
  trail.note(
    {
      name: session?.name ?? '',
      means: session?.credential.kind ?? 'dashboard',
      ...originOf(request.headers),
    },
    { action, target: null, begun: Date.now(), ...outcomeOf(error) },
  )
}
