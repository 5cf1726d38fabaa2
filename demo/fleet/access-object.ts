import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { Rule } from './access-rules.ts'

/** An object of RBAC, or an account that it is about. */
export interface AccessObject extends KubeObject {
  rules?: readonly Rule[]
  roleRef?: { apiGroup: string; kind: string; name: string }
  subjects?: readonly { kind: string; apiGroup?: string; name: string; namespace?: string }[]
}
