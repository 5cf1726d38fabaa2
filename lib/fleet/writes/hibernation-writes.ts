import { API_VERSION, KIND_COCOON_HIBERNATION } from '../../cocoon/keys.ts'
import type { PatchOperation, PlannedWrite } from './planned-write.ts'

export type Desire = 'Hibernate' | 'Wake'

/** The request that is there already; without its generation only the desire itself is tested. */
export interface HibernationBasis {
  namespace: string
  name: string
  uid: string
  desire: string
  generation?: number
}

const DESIRE = '/spec/desire'

/**
 * Asks for a VM to sleep or to wake: the CocoonHibernation named as its pod is made, or its desire is turned
 * (contract 5, 10). Never the annotation of the pod, which belongs to the operator.
 */
export function desireWrite(
  pod: { namespace: string; name: string },
  there: HibernationBasis | null,
  desire: Desire,
): PlannedWrite {
  const resource = 'cocoonhibernations'
  if (there === null) {
    const { namespace, name } = pod
    const body = {
      apiVersion: API_VERSION,
      kind: KIND_COCOON_HIBERNATION,
      metadata: { name, namespace },
      spec: { podRef: { name }, desire },
    }
    return { method: 'POST', resource, namespace, name, body }
  }
  const { namespace, name, uid, generation } = there
  const body: PatchOperation[] = [
    { op: 'test', path: '/metadata/uid', value: uid },
    ...(generation === undefined
      ? []
      : [{ op: 'test' as const, path: '/metadata/generation', value: generation }]),
    { op: 'test', path: DESIRE, value: there.desire },
    { op: 'replace', path: DESIRE, value: desire },
  ]
  return { method: 'PATCH', resource, namespace, name, body }
}
