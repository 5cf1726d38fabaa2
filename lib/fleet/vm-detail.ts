import type { Vm } from './vm.ts'

export interface VmCondition {
  type: string
  status: string
  reason: string
  message: string
  /** ISO 8601; '' when the cluster does not say. */
  lastTransitionTime: string
}

export interface VmEvent {
  /** Normal or Warning. */
  type: string
  reason: string
  message: string
  count: number
  /** ISO 8601; '' when the cluster does not say. */
  lastSeen: string
  source: string
  /** Who did it through the dashboard, as its Event says; '' of other Events. */
  by: string
}

/** `GET /api/vms/{namespace}/{name}`: what is asked for one VM only, when somebody looks at it. */
export interface VmDetail {
  vm: Vm
  conditions: VmCondition[]
  annotations: Record<string, string>
  labels: Record<string, string>
  events: VmEvent[]
  /** Parts that could not be read, in words (for example: events are forbidden). */
  problems: string[]
}
