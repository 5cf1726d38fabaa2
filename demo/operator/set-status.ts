import { connectionType } from '../../lib/cocoon/connection-type.ts'
import type { AgentStatus, CocoonSet, CocoonSetStatus, ToolboxStatus } from '../../lib/cocoon/crd.ts'
import type { CocoonSetPhase } from '../../lib/cocoon/enums.ts'
import { ROLE_MAIN, ROLE_SUB_AGENT } from '../../lib/cocoon/keys.ts'
import type { Condition, Pod } from '../../lib/cocoon/kube-json.ts'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { parseVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { kubeTime } from '../kube-time.ts'
import { seatsOf, type Seats } from './set-state.ts'

/** Whether a phase is progress towards Running (contract 4.3). */
const PROGRESSING: Record<CocoonSetPhase, boolean> = {
  Pending: true,
  Scaling: true,
  Running: false,
  Suspending: false,
  Suspended: false,
  Failed: false,
  Migrating: false,
  Waking: false,
}

function placeOf(pod: Pod) {
  const { vmID, ip } = parseVMRuntime(pod)
  return {
    podName: pod.metadata?.name ?? '',
    vmName: parseVMSpec(pod).vmName,
    ...(vmID === '' ? {} : { vmID }),
    ...(ip === '' ? {} : { ip }),
    phase: pod.status?.phase ?? 'Pending',
  }
}

function agentStatus(pod: Pod, slot: number, role: string, forkedFrom: string): AgentStatus {
  return { slot, role, ...placeOf(pod), ...(forkedFrom === '' ? {} : { forkedFrom }) }
}

function toolboxStatus(name: string, pod: Pod): ToolboxStatus {
  const spec = parseVMSpec(pod)
  const { vncPort } = parseVMRuntime(pod)
  const connType = connectionType(spec.os, vncPort > 0, spec.connType)
  return { name, ...placeOf(pod), connType, ...(vncPort > 0 ? { vncPort } : {}) }
}

function agentStatuses(seats: Seats): AgentStatus[] {
  const main = seats.main ? [agentStatus(seats.main, 0, ROLE_MAIN, '')] : []
  const mainVM = seats.main ? parseVMSpec(seats.main).vmName : ''
  const others = [...seats.subAgents.entries()]
    .sort(([a], [b]) => a - b)
    .map(([slot, pod]) => agentStatus(pod, slot, ROLE_SUB_AGENT, mainVM))
  return [...main, ...others]
}

function toolboxStatuses(seats: Seats): ToolboxStatus[] {
  return [...seats.toolboxes.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, pod]) => toolboxStatus(name, pod))
}

/** Keeps the transition time of a condition whose status did not change, as Kubernetes helpers do. */
export function withCondition(before: Condition[] | undefined, next: Condition, now: number): Condition {
  const old = before?.find((condition) => condition.type === next.type)
  const kept = old?.status === next.status ? old?.lastTransitionTime : undefined
  return { ...next, lastTransitionTime: kept ?? kubeTime(now) }
}

/** The phase when nothing special is going on (contract 4.3). */
export function derivePhase(set: CocoonSet, seats: Seats): CocoonSetPhase {
  if (!seats.main || !isPodReady(seats.main)) return 'Pending'
  const count = countsOf(set, seats)
  const short = count.readyAgents < count.desiredAgents || count.readyToolboxes < count.desiredToolboxes
  return short ? 'Scaling' : 'Running'
}

function countsOf(set: CocoonSet, seats: Seats) {
  const agents = [...(seats.main ? [seats.main] : []), ...seats.subAgents.values()]
  return {
    readyAgents: agents.filter(isPodReady).length,
    desiredAgents: 1 + (set.spec?.agent?.replicas ?? 0),
    readyToolboxes: [...seats.toolboxes.values()].filter(isPodReady).length,
    desiredToolboxes: set.spec?.toolboxes?.length ?? 0,
  }
}

/** The whole status that the operator writes for a phase (contract 3.2, 4.3). */
export function statusOf(set: CocoonSet, pods: Pod[], phase: CocoonSetPhase, now: number): CocoonSetStatus {
  const seats = seatsOf(pods)
  const count = countsOf(set, seats)
  const generation = set.metadata?.generation ?? 0
  const allReady =
    phase === 'Running' &&
    count.readyAgents >= count.desiredAgents &&
    count.readyToolboxes >= count.desiredToolboxes
  const agentsText = `${count.readyAgents}/${count.desiredAgents} agents ready`
  const toolboxesText = `${count.readyToolboxes}/${count.desiredToolboxes} toolboxes ready`
  const ready: Condition = {
    type: 'Ready',
    status: allReady ? 'True' : 'False',
    reason: allReady ? 'AllAgentsReady' : 'AgentsNotReady',
    message: `${agentsText}, ${toolboxesText}`,
    observedGeneration: generation,
  }
  const progressing: Condition = {
    type: 'Progressing',
    status: PROGRESSING[phase] ? 'True' : 'False',
    reason: PROGRESSING[phase] ? 'Reconciling' : 'Stable',
    message: phase,
    observedGeneration: generation,
  }
  const before = set.status?.conditions
  return {
    observedGeneration: generation,
    phase,
    ...count,
    agents: agentStatuses(seats),
    toolboxes: toolboxStatuses(seats),
    conditions: [withCondition(before, ready, now), withCondition(before, progressing, now)],
  }
}

/** Two statuses say the same: keys may come in any order from the server. */
export function sameStatus(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
