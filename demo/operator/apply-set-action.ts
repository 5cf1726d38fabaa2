import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import { isConflict, isNotFound } from '../client/api-error.ts'
import type { RecordEvent } from '../client/event-recorder.ts'
import type { KubeClient } from '../client/kube-client.ts'
import { refOf } from '../client/resources.ts'
import type { Registry } from '../registry.ts'
import type { SetAction } from './set-state.ts'

export interface OperatorTools {
  client: KubeClient
  registry: Registry
  record: RecordEvent
}

/** Carries out one action of a plan; throws an `ApiError` for everything that a later pass would not repair. */
export async function applySetAction(tools: OperatorTools, set: CocoonSet, action: SetAction): Promise<void> {
  const { client, registry } = tools
  switch (action.do) {
    case 'finalizers':
      await client.patch('cocoonsets', refOf(set), {
        metadata: { finalizers: action.finalizers, resourceVersion: set.metadata?.resourceVersion },
      })
      return
    case 'createPod':
      // Already there: the cache was behind, or the old pod of that name still terminates; the next pass sees.
      await client.create('pods', action.pod).catch(unless(isConflict))
      return
    case 'deletePod':
      await client.remove('pods', action.pod)
      return
    case 'annotatePod':
      await client
        .patch('pods', refOf(action.pod), {
          metadata: { annotations: action.annotations, uid: action.pod.metadata?.uid },
        })
        .catch(unless(isNotFound))
      return
    case 'annotateSet':
      await client.patch('cocoonsets', refOf(set), { metadata: { annotations: action.annotations } })
      return
    case 'status':
      await client.patchStatus('cocoonsets', refOf(set), {
        metadata: { uid: set.metadata?.uid },
        status: action.status,
      })
      return
    case 'deleteTag':
      registry.remove(action.vmName, action.tag)
      return
    case 'event':
      await tools.record(set, action.event)
      return
    case 'fail':
      throw new Error(action.message)
  }
}

function unless(expected: (error: unknown) => boolean): (error: unknown) => void {
  return (error) => {
    if (!expected(error)) throw error
  }
}
