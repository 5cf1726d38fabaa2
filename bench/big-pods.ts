import { seededRandom } from '../demo/random.ts'
import type { Pod } from '../lib/cocoon/kube-json.ts'
import { agentPod } from '../e2e/faulty-api/fleet-objects.ts'

const SLOTS = 10
const WRITERS = ['cocoon-operator', 'virtual-kubelet', 'kube-scheduler', 'kubectl-client-side-apply']
const NOTE_LENGTH = 3_500

/** Field ownership as API servers add it to every object: bulk that nobody shows. */
function managedFields(serial: number): object[] {
  return WRITERS.map((manager, writer) => ({
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: '2026-11-01T08:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:metadata': Object.fromEntries(
        Array.from({ length: 14 }, (_, at) => [
          `f:example.com/field-${serial % 97}-${writer}-${at}`,
          { '.': {} },
        ]),
      ),
    },
  }))
}

/** A pod of about 8 kB as clusters have them: the contract's annotations, and much that is dropped at once. */
function bigPod(serial: number, uid: string): Pod {
  const pod = agentPod(Math.floor(serial / SLOTS), serial % SLOTS)
  const note = `${serial} `.repeat(NOTE_LENGTH).slice(0, NOTE_LENGTH)
  const metadata = {
    ...pod.metadata,
    uid,
    resourceVersion: String(serial + 1),
    annotations: { ...pod.metadata?.annotations, 'kubectl.kubernetes.io/last-applied-configuration': note },
    managedFields: managedFields(serial),
  }
  return { ...pod, metadata }
}

/** The same pods for the same count. */
export function bigPods(count: number): Pod[] {
  const random = seededRandom(7)
  return Array.from({ length: count }, (_, serial) => bigPod(serial, random.uuid()))
}
