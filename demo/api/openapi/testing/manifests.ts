import { NODES_AND_NAMESPACES } from './manifests-cluster.ts'
import { CONFIGURATION } from './manifests-configuration.ts'
import { DECODING } from './manifests-decoding.ts'
import { METADATA } from './manifests-metadata.ts'
import { PATCHES } from './manifests-patches.ts'
import { POD_DEFAULTS } from './manifests-pod-defaults.ts'
import { POD_UPDATES } from './manifests-pod-updates.ts'
import { PODS } from './manifests-pods.ts'
import { SERVICES } from './manifests-services.ts'
import type { Manifest } from './manifest.ts'

/** Everything that is asked of the original and of the embedded server alike. */
export const MANIFESTS: readonly Manifest[] = [
  ...DECODING,
  ...PATCHES,
  ...METADATA,
  ...PODS,
  ...POD_DEFAULTS,
  ...POD_UPDATES,
  ...CONFIGURATION,
  ...SERVICES,
  ...NODES_AND_NAMESPACES,
]
