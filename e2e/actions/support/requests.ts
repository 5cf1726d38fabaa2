import type { ObjectRef, Resource } from '../../../demo/client/resources.ts'
import type { FleetUser } from '../../../demo/testing/fleet-user.ts'
import type { Sent } from './rig.ts'

/** A name in the user's namespace, or one elsewhere. */
type Name = string | ObjectRef

interface Target extends ObjectRef {
  uid: string
}

/** The requests of the API about objects of the cluster, by the uids that they have now. */
export interface Requests {
  target(resource: Resource, name: Name): Promise<Target>
  vm(name: Name, action: string, more?: object): Promise<Sent>
  set(name: Name, action: string, more?: object): Promise<Sent>
  deleteVm(name: Name): Promise<Sent>
  deleteSet(name: Name): Promise<Sent>
  removeHibernation(name: Name): Promise<Sent>
}

export function requests(user: FleetUser): Requests {
  const target = async (resource: Resource, name: Name): Promise<Target> => {
    const ref = typeof name === 'string' ? user.at(name) : name
    const { metadata } = await user.client.get(resource, ref)
    return { ...ref, uid: metadata?.uid ?? '' }
  }
  const post = async (resource: Resource, room: string, name: Name, action: string, more: object) => {
    const { uid, ...place } = await target(resource, name)
    const path = `/api/${room}/${place.namespace}/${place.name}/${action}`
    return { method: 'POST' as const, path, body: { uid, ...more } }
  }
  const remove = async (resource: Resource, room: string, name: Name) => {
    const { uid, ...place } = await target(resource, name)
    return { method: 'DELETE' as const, path: `/api/${room}/${place.namespace}/${place.name}?uid=${uid}` }
  }
  return {
    target,
    vm: (name, action, more = {}) => post('pods', 'vms', name, action, more),
    set: (name, action, more = {}) => post('cocoonsets', 'sets', name, action, more),
    deleteVm: (name) => remove('pods', 'vms', name),
    deleteSet: (name) => remove('cocoonsets', 'sets', name),
    removeHibernation: (name) => remove('cocoonhibernations', 'hibernations', name),
  }
}
