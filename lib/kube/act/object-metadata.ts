import { fieldsOf } from '../../fleet/reader.ts'
import type { KubeJson } from './deed.ts'

/** A text of an object; '' for anything else, because objects come from anywhere. */
export const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** The metadata of an object; empty for none. */
export const metadataOf = (object: KubeJson | null) => fieldsOf(object?.metadata)

/** The uid of an object; '' for none. */
export const uidOf = (object: KubeJson | null) => textOf(metadataOf(object).uid)

/** The resourceVersion of an object; '' for none. */
export const versionOf = (object: KubeJson | null) => textOf(metadataOf(object).resourceVersion)

/** The generation of an object; null where it has none, as pods have not. */
export const generationOf = (object: KubeJson | null) => {
  const { generation } = metadataOf(object)
  return typeof generation === 'number' ? generation : null
}
