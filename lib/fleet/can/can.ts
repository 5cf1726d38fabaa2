import type { Can } from './actions.ts'
import { deleteSet, editSet } from './delete-set.ts'
import { deleteVm } from './delete-vm.ts'
import { forkIntoSet } from './fork-into-set.ts'
import { forkStandalone } from './fork-standalone.ts'
import { fork } from './fork.ts'
import { hibernate } from './hibernate.ts'
import { logs, terminal, vncConsole } from './look.ts'
import { migrate } from './migrate.ts'
import { removeHibernation } from './remove-hibernation.ts'
import { restart } from './restart.ts'
import { resume } from './resume.ts'
import { scale } from './scale.ts'
import { suspend } from './suspend.ts'
import { wake } from './wake.ts'

/**
 * What is allowed on a VM, a set or a hibernation request, and why not: buttons, the API and bulk plans all ask
 * this one table (design 4). Whether this user may do it is another question, which the cluster answers. Never throws.
 */
export const can: Can = {
  hibernate,
  wake,
  fork,
  'fork-into-set': forkIntoSet,
  'fork-standalone': forkStandalone,
  restart,
  'delete-vm': deleteVm,
  'remove-hibernation': removeHibernation,
  suspend,
  resume,
  scale,
  migrate,
  'edit-set': editSet,
  'delete-set': deleteSet,
  console: vncConsole,
  terminal,
  logs,
}
