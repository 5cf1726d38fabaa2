import type { PlannedWrite } from '../../fleet/writes/planned-write.ts'
import type { FleetService } from '../fleet-service.ts'
import type { Held } from '../holdings.ts'
import { compareResourceVersions, isResourceVersion } from '../resource-version.ts'

/** A watch that works is far quicker; one that does not must not keep the answer. */
const PATIENCE_MS = 3_000

/**
 * Waits until the dashboard's own watch has told of a write, so that what is shown next contains it. False when it
 * had not within three seconds, or is not live.
 * @param before the object that was there, as `uid` and `version`; '' for a new one
 * @param version that the API server answered; '' when it answered none
 */
export async function untilSeen(
  service: FleetService,
  write: PlannedWrite,
  before: { uid: string; version: string },
  version: string,
): Promise<boolean> {
  if (service.freshness()[write.resource].state !== 'live') return false
  const tells = isResourceVersion(version) && version !== before.version
  const reached = (upTo: string) => tells && compareResourceVersions(upTo, version) >= 0
  // What goes at once is answered without a version, or with its last one, which was seen long before.
  const gone = (held: Held | undefined, upTo: string) =>
    held === undefined || held.uid !== before.uid || reached(upTo)
  const shown = write.method === 'DELETE' ? gone : (_: Held | undefined, upTo: string) => reached(upTo)
  return service.reflectors[write.resource].until(write, shown, PATIENCE_MS)
}
