import { can } from '../../fleet/can/can.ts'
import { fieldsOf } from '../../fleet/reader.ts'
import { deletionWrite } from '../../fleet/writes/deletion-write.ts'
import { desireWrite } from '../../fleet/writes/hibernation-writes.ts'
import type { Desire, HibernationBasis } from '../../fleet/writes/hibernation-writes.ts'
import type { Deed, KubeJson, Target } from './deed.ts'
import { familyWitnesses, lookAtVm } from './look-at-vm.ts'
import type { LiveVm } from './look-at-vm.ts'
import { generationOf, metadataOf, textOf, uidOf } from './object-metadata.ts'

const WORDS: Record<'hibernate' | 'wake', { desire: Desire; done: string }> = {
  hibernate: { desire: 'Hibernate', done: 'hibernated' },
  wake: { desire: 'Wake', done: 'woken' },
}

const desireOf = (hibernation: KubeJson | null) => fieldsOf(hibernation?.spec).desire

function basisOf(hibernation: KubeJson): HibernationBasis {
  const { namespace, name } = metadataOf(hibernation)
  const generation = generationOf(hibernation)
  return {
    namespace: textOf(namespace),
    name: textOf(name),
    uid: uidOf(hibernation),
    desire: textOf(desireOf(hibernation)),
    ...(generation === null ? {} : { generation }),
  }
}

/** Asks for a VM to sleep or to wake, by the CocoonHibernation of its pod (contract 5). */
export function desireDeed(action: 'hibernate' | 'wake', target: Target): Deed<LiveVm> {
  const { desire, done } = WORDS[action]
  return {
    action,
    target,
    failure: `VM ${target.namespace}/${target.name} was not ${done}`,
    witnesses: familyWitnesses,
    mayExist: true,
    look: (acting) => lookAtVm(acting, target),
    judge: ({ subject }) => can[action](subject),
    basis: ({ hibernation }) => hibernation,
    decided: ({ hibernation }) => desireOf(hibernation),
    plan: ({ hibernation }) =>
      desireWrite(target, hibernation === null ? null : basisOf(hibernation), desire),
    undo({ hibernation }, written) {
      const made = basisOf(written)
      const before = desireOf(hibernation)
      if (before !== 'Hibernate' && before !== 'Wake') return deletionWrite('cocoonhibernations', made)
      return desireWrite(target, made, before)
    },
  }
}
