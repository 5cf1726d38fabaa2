import { fieldsOf } from '../../fleet/reader.ts'
import type { KubeJson } from './deed.ts'

export const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

export const metadataOf = (object: KubeJson | null) => fieldsOf(object?.metadata)
export const uidOf = (object: KubeJson | null) => textOf(metadataOf(object).uid)
export const versionOf = (object: KubeJson | null) => textOf(metadataOf(object).resourceVersion)
export const generationOf = (object: KubeJson | null) => {
  const { generation } = metadataOf(object)
  return typeof generation === 'number' ? generation : null
}
