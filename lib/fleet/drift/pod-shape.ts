import { LABEL_APP_NAME, VM_CONTAINER_NAME, VM_PLACEHOLDER_IMAGE } from '../../cocoon/component-keys.ts'
import type { AgentSpec, CocoonSet, ToolboxSpec, VMOptions } from '../../cocoon/crd.ts'
import { stampCocoonSetGeneration } from '../../cocoon/generation.ts'
import {
  DEFAULT_NODE_POOL,
  LABEL_COCOON_SET,
  LABEL_NODE_POOL,
  LABEL_ROLE,
  LABEL_SLOT,
  LABEL_SNAPSHOT_CPU_CLASS,
  ROLE_MAIN,
  ROLE_SUB_AGENT,
  ROLE_TOOLBOX,
  TOLERATION_KEY,
} from '../../cocoon/keys.ts'
import type { Pod, PodSpec, ResourceRequirements } from '../../cocoon/kube-json.ts'
import { quantityString } from '../../cocoon/quantity.ts'
import { vmNameForDeployment, vmNameForPod } from '../../cocoon/vm-name.ts'
import { applyVMRuntime } from '../../cocoon/vm-runtime.ts'
import { applyVMSpec, fromAgentSpec, fromToolboxSpec } from '../../cocoon/vm-spec.ts'

/** The pod name of an agent slot (contract 4.1). */
export const agentPodName = (set: CocoonSet, slot: number) => `${set.metadata?.name ?? ''}-${slot}`
/** The pod name of a toolbox (contract 4.1). */
export const toolboxPodName = (set: CocoonSet, name: string) => `${set.metadata?.name ?? ''}-${name}`
/** The VM name of an agent slot (contract 4.1). */
export const agentVMName = (set: CocoonSet, slot: number) =>
  vmNameForDeployment(set.metadata?.namespace ?? '', set.metadata?.name ?? '', slot)

/** Requests default to limits; storage is asked for as ephemeral storage on both sides (contract 4.1). */
function resourcesOf(options: VMOptions): ResourceRequirements | undefined {
  const storage = quantityString(options.storage)
  const extra: Record<string, string> =
    storage === '' || storage === '0' ? {} : { 'ephemeral-storage': storage }
  const limits = { ...options.resources?.limits, ...extra }
  const requests = { ...options.resources?.limits, ...options.resources?.requests, ...extra }
  if (Object.keys(requests).length === 0) return undefined
  return Object.keys(limits).length === 0 ? { requests } : { requests, limits }
}

function nodeSelectorOf(set: CocoonSet): Record<string, string> {
  const cpuClass = set.spec?.snapshotCompatibilityClass ?? ''
  return {
    [LABEL_NODE_POOL]: set.spec?.nodePool || DEFAULT_NODE_POOL,
    ...(cpuClass === '' ? {} : { [LABEL_SNAPSHOT_CPU_CLASS]: cpuClass }),
  }
}

function podOf(
  set: CocoonSet,
  name: string,
  role: string,
  slot: string,
  options: AgentSpec | ToolboxSpec,
): Pod {
  const setName = set.metadata?.name ?? ''
  const resources = resourcesOf(options)
  const agent: AgentSpec = role === ROLE_TOOLBOX ? {} : options
  const spec: PodSpec = {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 1,
    nodeSelector: nodeSelectorOf(set),
    tolerations: [
      { key: TOLERATION_KEY, operator: 'Exists' },
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
    ],
    ...(agent.serviceAccountName ? { serviceAccountName: agent.serviceAccountName } : {}),
    containers: [
      {
        name: VM_CONTAINER_NAME,
        image: VM_PLACEHOLDER_IMAGE,
        ...(resources ? { resources } : {}),
        ...(agent.envFrom ? { envFrom: agent.envFrom } : {}),
      },
    ],
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: set.metadata?.namespace ?? '',
      labels: {
        [LABEL_COCOON_SET]: setName,
        [LABEL_ROLE]: role,
        [LABEL_SLOT]: slot,
        [LABEL_APP_NAME]: setName,
      },
      annotations: {},
      ownerReferences: [
        {
          apiVersion: set.apiVersion ?? '',
          kind: set.kind ?? '',
          name: setName,
          uid: set.metadata?.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec,
  }
}

function requireHost(pod: Pod, host: string) {
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: [host] }]
  pod.spec = {
    ...pod.spec,
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
      },
    },
  }
}

/**
 * The pod of an agent slot as the operator creates it (contract 4.1): slot 0 is left to the scheduler, or pinned by
 * `spec.nodeName`; a sub-agent is put on `mainNode` directly and names the main VM as its fork source.
 */
export function agentPod(set: CocoonSet, slot: number, mainNode = ''): Pod {
  const agent = set.spec?.agent ?? {}
  const role = slot === 0 ? ROLE_MAIN : ROLE_SUB_AGENT
  const pod = podOf(set, agentPodName(set, slot), role, String(slot), agent)
  const forkFrom = slot === 0 ? '' : agentVMName(set, 0)
  applyVMSpec(fromAgentSpec(agent, agentVMName(set, slot), set.spec?.snapshotPolicy ?? '', forkFrom), pod)
  stampCocoonSetGeneration(pod, set.metadata?.generation ?? 0)
  if (slot > 0) pod.spec = { ...pod.spec, nodeName: mainNode }
  else if (set.spec?.nodeName) requireHost(pod, set.spec.nodeName)
  return pod
}

/** The pod of a toolbox as the operator creates it: a static one carries its runtime from the start. */
export function toolboxPod(set: CocoonSet, toolbox: ToolboxSpec): Pod {
  const name = toolboxPodName(set, toolbox.name ?? '')
  const pod = podOf(set, name, ROLE_TOOLBOX, toolbox.name ?? '', toolbox)
  const vmName = vmNameForPod(set.metadata?.namespace ?? '', name)
  applyVMSpec(fromToolboxSpec(toolbox, vmName, set.spec?.snapshotPolicy ?? ''), pod)
  stampCocoonSetGeneration(pod, set.metadata?.generation ?? 0)
  if (toolbox.mode === 'static') {
    const { staticVMID = '', staticIP = '', vncPort = 0 } = toolbox
    applyVMRuntime({ vmID: staticVMID, ip: staticIP, vncPort }, pod)
  }
  return pod
}

/** Asks the scheduler for the node where a released main slept, without insisting (contract 4.5). */
export function preferHost(pod: Pod, host: string): Pod {
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: [host] }]
  const nodeAffinity = {
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: { matchExpressions } }],
  }
  return { ...pod, spec: { ...pod.spec, affinity: { nodeAffinity } } }
}
