/**
 * The enumerations of the custom resources (contract 1.5). `isX` is exact, case-sensitive membership; `xOrDefault`
 * replaces only an absent or empty value, so that an invalid one passes through unchanged.
 */

export const LIFECYCLE_STATES = ['creating', 'ready', 'hibernating', 'hibernated', 'failed'] as const
export const AGENT_MODES = ['clone', 'run'] as const
export const TOOLBOX_MODES = ['run', 'clone', 'static'] as const
/** `macos` since 0.2.2. */
export const OS_TYPES = ['linux', 'windows', 'android', 'macos'] as const
export const SNAPSHOT_POLICIES = ['always', 'main-only', 'never'] as const
/** Since 0.2.8. */
export const HIBERNATE_POLICIES = ['retain', 'release'] as const
/** There is no default: an empty type is inferred, see `connectionType`. */
export const CONN_TYPES = ['ssh', 'rdp', 'vnc', 'adb'] as const
export const BACKENDS = ['cloud-hypervisor', 'firecracker'] as const
/** `Migrating` since 0.2.2, `Waking` since 0.2.8; a set that nobody has touched yet has none. */
export const COCOON_SET_PHASES = [
  'Pending',
  'Running',
  'Scaling',
  'Suspending',
  'Suspended',
  'Migrating',
  'Waking',
  'Failed',
] as const
export const HIBERNATION_DESIRES = ['Hibernate', 'Wake'] as const
export const HIBERNATION_PHASES = [
  'Pending',
  'Hibernating',
  'Hibernated',
  'Waking',
  'Active',
  'Failed',
] as const
/** CocoonHibernations have only `Ready`. */
export const CONDITION_TYPES = ['Ready', 'Progressing'] as const

export type LifecycleState = (typeof LIFECYCLE_STATES)[number]
export type AgentMode = (typeof AGENT_MODES)[number]
export type ToolboxMode = (typeof TOOLBOX_MODES)[number]
export type OSType = (typeof OS_TYPES)[number]
export type SnapshotPolicy = (typeof SNAPSHOT_POLICIES)[number]
export type HibernatePolicy = (typeof HIBERNATE_POLICIES)[number]
export type ConnType = (typeof CONN_TYPES)[number]
export type Backend = (typeof BACKENDS)[number]
export type CocoonSetPhase = (typeof COCOON_SET_PHASES)[number]
export type HibernationDesire = (typeof HIBERNATION_DESIRES)[number]
export type HibernationPhase = (typeof HIBERNATION_PHASES)[number]
export type ConditionType = (typeof CONDITION_TYPES)[number]

export const DEFAULT_AGENT_MODE: AgentMode = 'clone'
export const DEFAULT_TOOLBOX_MODE: ToolboxMode = 'run'
export const DEFAULT_OS_TYPE: OSType = 'linux'
export const DEFAULT_SNAPSHOT_POLICY: SnapshotPolicy = 'always'
export const DEFAULT_HIBERNATE_POLICY: HibernatePolicy = 'retain'
export const DEFAULT_BACKEND: Backend = 'cloud-hypervisor'

type Text = string | null | undefined

function memberOf<Member extends string>(members: readonly Member[]): (value: unknown) => value is Member {
  const known: ReadonlySet<unknown> = new Set(members)
  return (value): value is Member => known.has(value)
}

export const isLifecycleState = memberOf(LIFECYCLE_STATES)
export const isAgentMode = memberOf(AGENT_MODES)
export const isToolboxMode = memberOf(TOOLBOX_MODES)
export const isOSType = memberOf(OS_TYPES)
export const isSnapshotPolicy = memberOf(SNAPSHOT_POLICIES)
export const isHibernatePolicy = memberOf(HIBERNATE_POLICIES)
export const isConnType = memberOf(CONN_TYPES)
export const isBackend = memberOf(BACKENDS)
export const isCocoonSetPhase = memberOf(COCOON_SET_PHASES)
export const isHibernationDesire = memberOf(HIBERNATION_DESIRES)
export const isHibernationPhase = memberOf(HIBERNATION_PHASES)
export const isConditionType = memberOf(CONDITION_TYPES)

export const agentModeOrDefault = (value: Text): string => value || DEFAULT_AGENT_MODE
export const toolboxModeOrDefault = (value: Text): string => value || DEFAULT_TOOLBOX_MODE
export const osTypeOrDefault = (value: Text): string => value || DEFAULT_OS_TYPE
export const snapshotPolicyOrDefault = (value: Text): string => value || DEFAULT_SNAPSHOT_POLICY
export const hibernatePolicyOrDefault = (value: Text): string => value || DEFAULT_HIBERNATE_POLICY
export const backendOrDefault = (value: Text): string => value || DEFAULT_BACKEND
/** The identity, as at v0.2.1: an absent type stays empty. */
export const connTypeOrDefault = (value: Text): string => value || ''
