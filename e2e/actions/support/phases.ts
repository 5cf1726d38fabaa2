import type { FleetUser } from '../../../demo/testing/fleet-user.ts'
import type { CocoonSetSpec } from '../../../lib/cocoon/crd.ts'
import type { VmPhase } from '../../../lib/fleet/vm.ts'
import type { StillNode } from './still-node.ts'

/** What brings the main agent of a set into a phase, and leaves it there for a while. */
interface Preparation {
  spec?: Omit<CocoonSetSpec, 'agent'>
  agent?: CocoonSetSpec['agent']
  /** Begun when the set is created. */
  reach?: (user: FleetUser, still: StillNode, set: string) => Promise<unknown>
}

/** No node bears this name: a pod that must go there waits. */
const NOWHERE = 'nowhere'
const STILL = 'still-01'

const asleep = async (user: FleetUser, set: string) => {
  await user.untilPhase(set, 'Running')
  await user.desire(`${set}-0`, 'Hibernate')
  await user.untilHibernation(`${set}-0`, 'Hibernated')
}

/** Each phase that a VM can be in (design 3), by real guests where these stay in it, else on a node that stands still. */
export const PREPARATIONS: Record<VmPhase, Preparation> = {
  scheduling: { spec: { nodeName: NOWHERE } },
  creating: { spec: { nodeName: STILL }, reach: (_, still, set) => still.say(`${set}-0`, 'creating') },
  waking: {
    agent: { image: 'guest-stuck-wake:1' },
    async reach(user, _, set) {
      await asleep(user, set)
      await user.desire(`${set}-0`, 'Wake')
    },
  },
  ready: { reach: (user, _, set) => user.untilPhase(set, 'Running') },
  unreachable: {
    spec: { nodeName: STILL },
    reach: (_, still, set) =>
      still.say(`${set}-0`, 'ready', { reachable: false, message: 'ping failed: timeout' }),
  },
  hibernating: {
    agent: { image: 'guest-slow-hibernate:1' },
    async reach(user, _, set) {
      await user.untilPhase(set, 'Running')
      await user.desire(`${set}-0`, 'Hibernate')
    },
  },
  hibernated: { reach: (user, _, set) => asleep(user, set) },
  migrating: {
    async reach(user, _, set) {
      await user.untilPhase(set, 'Running')
      await user.edit(set, { nodeName: NOWHERE })
      const isWaiting = (condition: { type?: string; status?: string }) =>
        condition.type === 'PodScheduled' && condition.status === 'False'
      await user.until('pods', user.at(`${set}-0`), (pod) => pod.status?.conditions?.some(isWaiting) ?? false)
    },
  },
  deleting: {
    spec: { nodeName: STILL },
    async reach(user, still, set) {
      await user.client.remove('pods', await still.say(`${set}-0`, 'ready'))
    },
  },
  failed: {
    spec: { nodeName: STILL },
    reach: (_, still, set) => still.say(`${set}-0`, 'failed', { message: 'no kernel' }),
  },
  unknown: { spec: { nodeName: STILL }, reach: (_, still, set) => still.say(`${set}-0`, 'dreaming') },
}

/** Creates the set `phase-<phase>` and brings its main agent there. */
export async function prepare(user: FleetUser, still: StillNode, phase: VmPhase): Promise<string> {
  const name = `phase-${phase}`
  const { spec = {}, agent = {}, reach } = PREPARATIONS[phase]
  await user.createSet(name, spec, agent)
  await reach?.(user, still, name)
  return name
}
