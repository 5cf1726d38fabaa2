import { VM_CONTAINER_NAME, VM_PLACEHOLDER_IMAGE } from '../../cocoon/component-keys.ts'
import type { Pod } from '../../cocoon/kube-json.ts'
import { vmNameForPod } from '../../cocoon/vm-name.ts'
import { applyVMSpec, parseVMSpec } from '../../cocoon/vm-spec.ts'
import type { PlannedWrite } from './planned-write.ts'

/**
 * A pod of no set, whose VM is forked from that of `source` (design 4). It goes to the node of its source, where
 * the snapshot is, past the scheduler as sub-agents do (contract 4.1). Most clusters' admission refuses it: it is
 * sent only where a dry run was let through.
 */
export function standaloneForkWrite(source: Pod, name: string): PlannedWrite {
  const namespace = source.metadata?.namespace ?? ''
  const spec = parseVMSpec(source)
  const { nodeName, nodeSelector, tolerations, containers } = source.spec ?? {}
  const resources = containers?.[0]?.resources
  const pod = applyVMSpec(
    { ...spec, vmName: vmNameForPod(namespace, name), forkFrom: spec.vmName, managed: true },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, annotations: {} } },
  )
  const body = {
    ...pod,
    spec: {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 1,
      ...(nodeName === undefined ? {} : { nodeName }),
      ...(nodeSelector === undefined ? {} : { nodeSelector }),
      ...(tolerations === undefined ? {} : { tolerations }),
      containers: [
        {
          name: VM_CONTAINER_NAME,
          image: VM_PLACEHOLDER_IMAGE,
          ...(resources === undefined ? {} : { resources }),
        },
      ],
    },
  }
  return { method: 'POST', resource: 'pods', namespace, name, body }
}
