import type { KubeJson } from './json.ts'
import type { FieldCause } from './status.ts'

/** What the server itself does to one kind of built-in object on its way in. */
export interface BuiltinRule {
  /** `now` is RFC 3339. */
  create?: (object: KubeJson, now: string) => KubeJson
  update?: (object: KubeJson, old: KubeJson) => KubeJson
  validate?: (object: KubeJson, old: KubeJson | undefined) => FieldCause[]
}
