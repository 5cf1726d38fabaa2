import { can } from '../../fleet/can/can.ts'
import type { HibernationSubject } from '../../fleet/can/subjects.ts'
import { projectHibernation } from '../../fleet/project-hibernation.ts'
import { projectPod } from '../../fleet/project-pod.ts'
import { projectSet } from '../../fleet/project-set.ts'
import { deletionWrite } from '../../fleet/writes/deletion-write.ts'
import type { Acting, Deed, KubeJson, Target } from './deed.ts'
import { liveRow, whereAllowed } from './look-at-vm.ts'
import { readLive, readTarget } from './read-live.ts'

interface LiveHibernation {
  subject: HibernationSubject
  hibernation: KubeJson
}

async function look(acting: Acting, target: Target): Promise<LiveHibernation> {
  const hibernation = await readTarget(acting, target)
  const row = projectHibernation(hibernation)
  const { namespace } = target
  const pod = row.pod === '' ? null : await readLive(acting, { resource: 'pods', namespace, name: row.pod })
  const setName = projectPod(pod)?.columns.set ?? null
  const set =
    setName === null
      ? null
      : await whereAllowed(readLive(acting, { resource: 'cocoonsets', namespace, name: setName }))
  const vm = pod === null ? null : liveRow(acting, pod, set, hibernation)
  return { subject: { hibernation: row, vm, set: set === null ? null : projectSet(set) }, hibernation }
}

/** Deletes a CocoonHibernation, and with it the snapshot of a VM that sleeps by it (contract 5, 11.9). */
export const removeHibernationDeed = (target: Target): Deed<LiveHibernation> => ({
  action: 'remove-hibernation',
  target,
  failure: `CocoonHibernation ${target.namespace}/${target.name} was not removed`,
  witnesses: ({ hibernation }) => [{ object: hibernation, field: ['spec', 'desire'] }],
  look: (acting) => look(acting, target),
  judge: ({ subject }) => can['remove-hibernation'](subject),
  basis: ({ hibernation }) => hibernation,
  plan: () => deletionWrite('cocoonhibernations', target),
})
