import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** The functions, methods and constants of package meta at v0.2.1, and its functions up to v0.3.0. */
const NAMES = [
  'agentVMNamePrefix',
  'connectionType',
  'extractAgentSlot',
  'extractSlotFromVMName',
  'hasCocoonTolerationKey',
  'inferRoleFromAgentSlot',
  'inferRoleFromVMName',
  'isContainerRunning',
  'isOwnedByCocoonSet',
  'isPodReady',
  'isPodTerminal',
  'isWindowsPod',
  'mainAgentVMNameFor',
  'ownerDeploymentName',
  'podKey',
  'podNodePool',
  'quantityString',
  'readCocoonSetGeneration',
  'readLifecycleObservedGeneration',
  'shouldSnapshotVM',
  'stampCocoonSetGeneration',
  'vmNameForDeployment',
  'vmNameForPod',
  'readHibernateState',
  'applyHibernateState',
  'readLifecycleState',
  'lifecycleStateIsTerminal',
  'readLifecycleStatus',
  'lifecycleStatusAnnotations',
  'applyLifecycleStatus',
  'lifecycleStatusSnapshot',
  'parseVMRuntime',
  'applyVMRuntime',
  'fromAgentSpec',
  'fromToolboxSpec',
  'parseVMSpec',
  'applyVMSpec',
  'cocoonSetOwnerName',
  'markKeepSnapshotOnDelete',
  'markRestoreFromHibernate',
  'readKeepSnapshotOnDelete',
  'readRestoreFromHibernate',
  'roleForPod',
]

async function exportsOfTheRoom(): Promise<Map<string, string[]>> {
  const files = readdirSync(import.meta.dirname).filter((file) => /^[a-z-]+\.ts$/.test(file))
  const homes = new Map<string, string[]>()
  for (const file of files) {
    const exported: object = await import(join(import.meta.dirname, file))
    for (const name of Object.keys(exported)) homes.set(name, [...(homes.get(name) ?? []), file])
  }
  return homes
}

it('every name of the contract has exactly one home', async () => {
  const homes = await exportsOfTheRoom()
  expect(NAMES.filter((name) => homes.get(name)?.length !== 1)).toEqual([])
})

it('no name has two homes', async () => {
  const homes = await exportsOfTheRoom()
  expect([...homes].filter(([, files]) => files.length > 1)).toEqual([])
})
