/**
 * The constants of package meta: names that cocoon components write on objects (contract 1, 2.10).
 * Constants that belong to one component only stand in `component-keys.ts`.
 */

/** Group of the custom resources (contract 1.1). */
export const API_GROUP = 'cocoonset.cocoonstack.io'
/** The only version, served and stored (contract 1.1). */
export const API_VERSION_NAME = 'v1'
/** `apiVersion` of the custom resources (contract 1.5). */
export const API_VERSION = 'cocoonset.cocoonstack.io/v1'
export const KIND_COCOON_SET = 'CocoonSet'
export const KIND_COCOON_HIBERNATION = 'CocoonHibernation'
export const PLURAL_COCOON_SETS = 'cocoonsets'
export const PLURAL_COCOON_HIBERNATIONS = 'cocoonhibernations'

/** The key that gates cocoon pods onto VM nodes; the webhook looks at the key alone (contract 1.2). */
export const TOLERATION_KEY = 'virtual-kubelet.io/provider'

export const LABEL_COCOON_SET = 'cocoonset.cocoonstack.io/name'
export const LABEL_ROLE = 'cocoonset.cocoonstack.io/role'
/** Decimal slot on agents, the toolbox's name on toolboxes (contract 1.2). */
export const LABEL_SLOT = 'cocoonset.cocoonstack.io/slot'
/** Label of nodes, and key of the pods' nodeSelector (contract 1.2). */
export const LABEL_NODE_POOL = 'cocoonstack.io/pool'
/** Guest CPU class for memory snapshots, on nodes and in nodeSelectors; since 0.3.0 (contract 1.2). */
export const LABEL_SNAPSHOT_CPU_CLASS = 'cocoonstack.io/snapshot-cpu-class'
export const DEFAULT_NODE_POOL = 'default'

export const ANNOTATION_MODE = 'cocoonset.cocoonstack.io/mode'
export const ANNOTATION_IMAGE = 'cocoonset.cocoonstack.io/image'
export const ANNOTATION_STORAGE = 'cocoonset.cocoonstack.io/storage'
export const ANNOTATION_MANAGED = 'cocoonset.cocoonstack.io/managed'
export const ANNOTATION_OS = 'cocoonset.cocoonstack.io/os'
export const ANNOTATION_SNAPSHOT_POLICY = 'cocoonset.cocoonstack.io/snapshot-policy'
export const ANNOTATION_NETWORK = 'cocoonset.cocoonstack.io/network'
export const ANNOTATION_FORCE_PULL = 'cocoonset.cocoonstack.io/force-pull'
export const ANNOTATION_COCOON_SET_GENERATION = 'cocoonset.cocoonstack.io/generation'
/** On the CocoonSet: where a released set slept; since 0.2.8 (contract 1.3). */
export const ANNOTATION_HIBERNATED_ON_NODE = 'cocoonset.cocoonstack.io/hibernated-on-node'

export const ANNOTATION_VM_ID = 'vm.cocoonstack.io/id'
export const ANNOTATION_VM_NAME = 'vm.cocoonstack.io/name'
export const ANNOTATION_IP = 'vm.cocoonstack.io/ip'
export const ANNOTATION_VNC_PORT = 'vm.cocoonstack.io/vnc-port'
export const ANNOTATION_HIBERNATE = 'vm.cocoonstack.io/hibernate'
/** Since 0.2.2 (contract 1.4). */
export const ANNOTATION_RESTORE_FROM_HIBERNATE = 'vm.cocoonstack.io/restore-from-hibernate'
/** Since 0.2.9 (contract 1.4). */
export const ANNOTATION_KEEP_SNAPSHOT_ON_DELETE = 'vm.cocoonstack.io/keep-snapshot-on-delete'
export const ANNOTATION_FORK_FROM = 'vm.cocoonstack.io/fork-from'
export const ANNOTATION_CLONE_FROM_DIR = 'vm.cocoonstack.io/clone-from-dir'
export const ANNOTATION_CONN_TYPE = 'vm.cocoonstack.io/conn-type'
export const ANNOTATION_BACKEND = 'vm.cocoonstack.io/backend'
export const ANNOTATION_NO_DIRECT_IO = 'vm.cocoonstack.io/no-direct-io'
export const ANNOTATION_PROBE_PORT = 'vm.cocoonstack.io/probe-port'
export const ANNOTATION_LIFECYCLE_STATE = 'vm.cocoonstack.io/lifecycle-state'
export const ANNOTATION_LIFECYCLE_OBSERVED_GENERATION = 'vm.cocoonstack.io/lifecycle-observed-generation'
export const ANNOTATION_LIFECYCLE_STATE_MESSAGE = 'vm.cocoonstack.io/lifecycle-state-message'

export const ROLE_MAIN = 'main'
export const ROLE_SUB_AGENT = 'sub-agent'
export const ROLE_TOOLBOX = 'toolbox'

/** Registry tag of a hibernated VM (contract 1.5). */
export const HIBERNATE_SNAPSHOT_TAG = 'hibernate'
/** Registry tag of a snapshot that is kept after deletion (contract 1.5). */
export const DEFAULT_SNAPSHOT_TAG = 'latest'
