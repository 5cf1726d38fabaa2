import type { Deed } from '../act/deed.ts'
import { desireDeed } from '../act/hibernate-vm.ts'
import { removeHibernationDeed } from '../act/remove-hibernation.ts'
import { deletePodDeed, forkIntoSetDeed, forkStandaloneDeed, forkVmDeed } from '../act/vm-deeds.ts'
import { actionRoute, vmTarget } from './route.ts'
import type { ActionRoute } from './route.ts'
import { actionQuery, deletionQuery, forkVmBody, targetBody } from './schemas.ts'

const VM = '/api/vms/{namespace}/{name}'

/** What a VM can be asked for, by the last part of the path. */
export const VM_ACTIONS = {
  hibernate: actionRoute({
    method: 'POST',
    path: `${VM}/hibernate`,
    summary: 'Save the memory of a VM and stop it.',
    query: actionQuery,
    body: targetBody,
    deed: (place, _, { uid }) => desireDeed('hibernate', vmTarget(place, uid)),
  }),
  wake: actionRoute({
    method: 'POST',
    path: `${VM}/wake`,
    summary: 'Let a hibernated VM go on.',
    query: actionQuery,
    body: targetBody,
    deed: (place, _, { uid }) => desireDeed('wake', vmTarget(place, uid)),
  }),
  restart: actionRoute({
    method: 'POST',
    path: `${VM}/restart`,
    summary: 'Delete the pod of a VM so that its set makes it anew.',
    query: actionQuery,
    body: targetBody,
    deed: (place, _, { uid }) => deletePodDeed('restart', vmTarget(place, uid)),
  }),
  fork: actionRoute({
    method: 'POST',
    path: `${VM}/fork`,
    summary: 'More sub-agents of a main agent, a new set from a hibernated VM, or a pod of no set.',
    query: actionQuery,
    body: forkVmBody,
    deed(place, _, { uid, count, intoSet, pod }): Deed {
      const target = vmTarget(place, uid)
      if (count !== undefined) return forkVmDeed(target, count)
      if (pod !== undefined) return forkStandaloneDeed(target, pod.name)
      const { namespace = place.namespace, name = '', replicas = 0, nodePool } = intoSet ?? {}
      const wish = { namespace, name, replicas, ...(nodePool === undefined ? {} : { nodePool }) }
      return forkIntoSetDeed(target, wish)
    },
  }),
} satisfies Record<string, ActionRoute>

export const DELETE_VM = actionRoute({
  method: 'DELETE',
  path: VM,
  summary: 'Delete the pod of a VM of no set for good.',
  query: deletionQuery,
  body: null,
  deed: (place, { uid }) => deletePodDeed('delete-vm', vmTarget(place, uid)),
})

export const DELETE_HIBERNATION = actionRoute({
  method: 'DELETE',
  path: '/api/hibernations/{namespace}/{name}',
  summary: 'Remove a CocoonHibernation, and with it the snapshot of a VM that sleeps by it.',
  query: deletionQuery,
  body: null,
  deed: (place, { uid }) =>
    removeHibernationDeed({ ...vmTarget(place, uid), resource: 'cocoonhibernations' }),
})
