import type { TrailAction } from '../../fleet/trail/record.ts'
import type { Verdict } from '../../fleet/can/verdict.ts'
import type { PlannedWrite, WrittenResource } from '../../fleet/writes/planned-write.ts'
import type { FleetService } from '../fleet-service.ts'
import type { Transport } from '../transport.ts'
import type { View } from '../views.ts'

export type KubeJson = Record<string, unknown>

/** What an action is done to, as the request names it. */
export interface Target {
  resource: WrittenResource
  namespace: string
  name: string
  /** '' for what is still to be made. */
  uid: string
}

/** With whose right, on which fleet, and whether only tried. */
export interface Acting {
  service: FleetService
  /** What of the fleet they may see: what is told of anything but the target is told from here. */
  view: View
  transport: Transport
  dryRun: boolean
}

/** A field of a live object, whose last writer may have been in the way. */
export interface Witness {
  object: KubeJson | null
  field: readonly string[]
}

/** One write to one object: how to look, whether it may be done, and what is sent. */
export interface Deed<Look = unknown> {
  /** The word of the route and of the audit trail. */
  action: TrailAction
  /** How many, where to: a few words of validated values for the audit trail. */
  detail?: string
  target: Target
  /** What was not done when it fails, as `VM lab/web-0 was not hibernated`. */
  failure: string
  /**
   * Reads the live objects that the action rests on.
   * @throws Refused when the target is gone, or is another one under the same name
   */
  look(acting: Acting): Promise<Look>
  judge(look: Look): Verdict
  plan(look: Look): PlannedWrite
  /** The object that the write goes to, as it was found; null when the write makes it. */
  basis(look: Look): KubeJson | null
  /** Where the record of who wrote last may tell who was quicker. */
  witnesses(look: Look): readonly Witness[]
  /**
   * What the person decided about, as JSON values. When somebody else changes it in between, the person is asked
   * anew. Undefined where the wish holds whatever it was: one fork more is one fork more.
   */
  decided?(look: Look): unknown
  /** What the person saw of it, where the request says so. */
  expected?: unknown
  /** What the write makes, somebody else may make first; then another write does what was asked. */
  mayExist?: true
  /**
   * For a write that is tied to its target by the name alone: what takes it back, from the object as written, if
   * the target turns out to be another one since.
   */
  undo?(look: Look, written: KubeJson): PlannedWrite
}
