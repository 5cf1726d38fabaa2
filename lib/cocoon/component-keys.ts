/** Names that one component writes by its own constant: they are not part of package meta (contract 1). */

/** On a CocoonSet; JSON by slot, written before a sub-agent is rebuilt (contract 1.3). */
export const ANNOTATION_REBUILD_HISTORY = 'cocoonset.cocoonstack.io/rebuild-history'
/** On a sub-agent's pod: `"true"` when the operator no longer rebuilds it (contract 4.7). */
export const ANNOTATION_DEAD_LETTER = 'cocoonset.cocoonstack.io/dead-letter'
/** On a CocoonSet: sorted VM names joined by commas, whose registry tags are to be removed (contract 1.3). */
export const ANNOTATION_DELETE_VM_NAMES = 'cocoonset.cocoonstack.io/delete-vm-names'

/** Base64 of commands that the guest still needs (contract 1.4). */
export const ANNOTATION_POST_CLONE_HINT = 'vm.cocoonstack.io/post-clone-hint'
/** `running`, `done` or `failed` (contract 1.4). */
export const ANNOTATION_POST_CLONE_STATE = 'vm.cocoonstack.io/post-clone-state'
/** Joined errors of the attempts, at most 4096 bytes (contract 1.4). */
export const ANNOTATION_POST_CLONE_ERRORS = 'vm.cocoonstack.io/post-clone-errors'

/** Set by the operator to the CocoonSet's name (contract 1.2). */
export const LABEL_APP_NAME = 'app.kubernetes.io/name'
/** On every VM node, with the value "" (contract 1.2). */
export const LABEL_VM_NODE = 'node-role.kubernetes.io/cocoon-vm'
/** Value and effect of the taint that VM nodes carry under `TOLERATION_KEY` (contract 1.2). */
export const TAINT_VALUE = 'cocoon'
export const TAINT_EFFECT = 'NoSchedule'

export const FINALIZER_COCOON_SET = 'cocoonset.cocoonstack.io/finalizer'
export const FINALIZER_COCOON_HIBERNATION = 'cocoonhibernation.cocoonset.cocoonstack.io/finalizer'

export const OPERATOR_NAMESPACE = 'cocoon-system'
/** ServiceAccount of the operator, and the source component of its events (contract 1.1). */
export const OPERATOR_NAME = 'cocoon-operator'
/** The one username that may create cocoon pods unless the webhook is told otherwise (contract 7). */
export const DEFAULT_POD_CREATOR = 'system:serviceaccount:cocoon-system:cocoon-operator'

/** Name and image of the one container of every VM pod (contract 4.1). */
export const VM_CONTAINER_NAME = 'agent'
export const VM_PLACEHOLDER_IMAGE = 'ghcr.io/cocoonstack/placeholder:latest'
