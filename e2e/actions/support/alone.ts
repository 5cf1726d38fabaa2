import { OPERATOR_NAMESPACE } from '../../../lib/cocoon/component-keys.ts'
import { API_VERSION, KIND_COCOON_SET } from '../../../lib/cocoon/keys.ts'
import { VK_FEATURES } from '../../../demo/kubelet/vk-generation.ts'
import type { FleetUser } from '../../../demo/testing/fleet-user.ts'

/** A namespace whose pods the webhook does not look at, so that one of no set can be made there (contract 9). */
export const SYSTEM = { namespace: OPERATOR_NAMESPACE }

const ALONE = { ...SYSTEM, name: 'alone' }

/** Creates the set `alone` there; its main agent is `alone-0`. */
export async function createAlone({ client }: FleetUser): Promise<void> {
  await client.create('cocoonsets', {
    apiVersion: API_VERSION,
    kind: KIND_COCOON_SET,
    metadata: ALONE,
    spec: { snapshotCompatibilityClass: VK_FEATURES.new.cpuClass, agent: { image: 'ubuntu:24.04' } },
  })
}

export async function untilAloneRuns({ until }: FleetUser): Promise<void> {
  await until('cocoonsets', ALONE, (set) => set.status?.phase === 'Running')
}

/** Takes it away again, and waits until its name is free. */
export async function removeAlone({ client, untilGone }: FleetUser): Promise<void> {
  await client.remove('cocoonsets', await client.get('cocoonsets', ALONE))
  await untilGone('cocoonsets', ALONE)
}
