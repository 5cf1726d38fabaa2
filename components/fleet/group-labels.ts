import type { GroupBy } from '../../lib/fleet/arrange-types.ts'

/** What the fleet can be grouped by, in words. */
export const GROUP_LABELS: Record<GroupBy, string> = {
  set: 'CocoonSet',
  namespace: 'Namespace',
  node: 'Node',
  phase: 'Phase',
  none: 'Nothing',
}
