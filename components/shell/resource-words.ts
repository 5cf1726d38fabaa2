import type { WatchState, WatchedResource } from '../../lib/fleet/freshness.ts'

const GROUP = 'cocoonset.cocoonstack.io'

export interface ResourceWords {
  /** As `kubectl` names it, with its group. */
  resource: string
  /** What the dashboard calls what it reads from it. */
  what: string
  /** What is not known without it. */
  without: string
}

/** The watched resources in words. */
export const RESOURCE_WORDS: Record<WatchedResource, ResourceWords> = {
  pods: { resource: 'pods', what: 'VMs', without: 'No VM can be shown.' },
  cocoonsets: {
    resource: `cocoonsets.${GROUP}`,
    what: 'CocoonSets',
    without: 'VMs are shown without the state of their sets.',
  },
  cocoonhibernations: {
    resource: `cocoonhibernations.${GROUP}`,
    what: 'Hibernations',
    without: 'Who is asked to sleep or to wake is read from the pods alone.',
  },
  nodes: { resource: 'nodes', what: 'Nodes', without: 'Nodes and their room are not shown.' },
}

/** What to say about a part that is not simply live; null where there is nothing to say. */
export const STATE_WORDS: Record<WatchState, string | null> = {
  starting: 'loading',
  live: null,
  stale: 'stale',
  forbidden: 'not allowed',
  missing: 'not installed',
}
