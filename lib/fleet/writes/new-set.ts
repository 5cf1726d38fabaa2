import type { CocoonSetSpec, VMOptions } from '../../cocoon/crd.ts'
import { HIBERNATE_SNAPSHOT_TAG } from '../../cocoon/keys.ts'
import type { Vm } from '../vm.ts'
import type { SetDocument } from './set-writes.ts'

export interface NewSetWish {
  namespace: string
  name: string
  /** Sub-agents besides the main agent. */
  replicas: number
  /** Of the VM itself unless given. */
  nodePool?: string
}

/** What the set says of this very VM: its agents', or its toolbox's, options. */
function optionsOf(vm: Vm, spec: CocoonSetSpec | null): VMOptions {
  if (vm.role !== 'toolbox') return spec?.agent ?? {}
  return spec?.toolboxes?.find(({ name }) => name !== undefined && vm.name === `${vm.set}-${name}`) ?? {}
}

function resourcesOf({ cpu, memory }: Vm, { resources }: VMOptions): VMOptions['resources'] {
  if (resources !== undefined) return resources
  const requests = { ...(cpu === '' ? {} : { cpu }), ...(memory === '' ? {} : { memory }) }
  return Object.keys(requests).length === 0 ? undefined : { requests }
}

/**
 * A CocoonSet whose main agent is cloned from the snapshot of a sleeping VM (contract 7). It asks for what the VM
 * has (os, backend, network, CPU class), since a clone that lands elsewhere does not start; `spec` is that of the
 * VM's own set, null for a VM of none.
 */
export function setFromVm(vm: Vm, spec: CocoonSetSpec | null, wish: NewSetWish): SetDocument {
  const options = optionsOf(vm, spec)
  const { network = vm.network, connType, probePort, noDirectIO } = options
  const resources = resourcesOf(vm, options)
  const { nodePool = vm.pool } = wish
  const cpuClass = spec?.snapshotCompatibilityClass
  const agent = {
    image: `${vm.vmName}:${HIBERNATE_SNAPSHOT_TAG}`,
    mode: 'clone',
    replicas: wish.replicas,
    ...(vm.os === '' ? {} : { os: vm.os }),
    ...(vm.backend === '' ? {} : { backend: vm.backend }),
    ...(network === '' ? {} : { network }),
    ...(connType === undefined ? {} : { connType }),
    ...(probePort === undefined ? {} : { probePort }),
    ...(noDirectIO === undefined ? {} : { noDirectIO }),
    ...(resources === undefined ? {} : { resources }),
  }
  return {
    namespace: wish.namespace,
    name: wish.name,
    spec: {
      ...(nodePool === '' ? {} : { nodePool }),
      ...(cpuClass === undefined ? {} : { snapshotCompatibilityClass: cpuClass }),
      agent,
    },
  }
}
