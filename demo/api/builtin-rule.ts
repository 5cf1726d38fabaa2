import type { KubeJson } from './json.ts'
import type { FieldCause } from './status.ts'

/** What the server itself does to one kind of built-in object on its way in. */
export interface BuiltinRule {
  /** `now` is RFC 3339. */
  create?: (object: KubeJson, now: string) => KubeJson
  update?: (object: KubeJson, old: KubeJson) => KubeJson
  validate?: (object: KubeJson, old: KubeJson | undefined) => FieldCause[]
  /** A status that is written by its subresource, with what the server fills in. */
  updateStatus?: (object: KubeJson, old: KubeJson) => KubeJson
  /** What is wrong with a status that is written by its subresource. */
  validateStatus?: (object: KubeJson) => FieldCause[]
  /** What writers are warned of although their object is taken. */
  warn?: (object: KubeJson) => string[]
}
