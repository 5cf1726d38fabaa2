import { AGE, NAME, text } from './columns.ts'
import type { KubeJson } from './json.ts'
import { listAt, textAt, valueAt } from './json.ts'
import type { Column } from './resource.ts'

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

/** Each mode once, in the order in which the original lists them. */
function accessModes(modes: readonly unknown[]): string {
  const shown = Object.entries(MODES).flatMap(([mode, short]) => (modes.includes(mode) ? [short] : []))
  return shown.join(',')
}

const phase = text('Status', (object) =>
  object.metadata.deletionTimestamp ? 'Terminating' : textAt(object, 'status', 'phase'),
)
const storageClass = text(
  'StorageClass',
  (object) =>
    object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ??
    textAt(object, 'spec', 'storageClassName'),
)
const attributesClass = text(
  'VolumeAttributesClass',
  (object) => textAt(object, 'spec', 'volumeAttributesClassName') || '<unset>',
)
const volumeMode = text('VolumeMode', (object) => textAt(object, 'spec', 'volumeMode') || '<unset>', 1)

const bound = (claim: KubeJson) => textAt(claim, 'spec', 'volumeName')

export const claimColumns: readonly Column[] = [
  NAME,
  phase,
  text('Volume', bound),
  text('Capacity', (object) => (bound(object) ? textAt(object, 'status', 'capacity', 'storage') || '0' : '')),
  text('Access Modes', (object) =>
    bound(object) ? accessModes(listAt(object, 'status', 'accessModes')) : '',
  ),
  storageClass,
  attributesClass,
  AGE,
  volumeMode,
]

export const volumeColumns: readonly Column[] = [
  NAME,
  text('Capacity', (object) => textAt(object, 'spec', 'capacity', 'storage') || '0'),
  text('Access Modes', (object) => accessModes(listAt(object, 'spec', 'accessModes'))),
  text('Reclaim Policy', (object) => textAt(object, 'spec', 'persistentVolumeReclaimPolicy')),
  phase,
  text('Claim', (object) => {
    const claim = valueAt(object, 'spec', 'claimRef')
    return claim === undefined ? '' : `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`
  }),
  storageClass,
  attributesClass,
  text('Reason', (object) => textAt(object, 'status', 'reason')),
  AGE,
  volumeMode,
]

const DEFAULT_CLASS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
]

export const storageClassColumns: readonly Column[] = [
  {
    ...NAME,
    cell: ({ metadata }) => {
      const isDefault = DEFAULT_CLASS.some((key) => metadata.annotations?.[key] === 'true')
      return `${metadata.name}${isDefault ? ' (default)' : ''}`
    },
  },
  text('Provisioner', (object) => textAt(object, 'provisioner')),
  text('ReclaimPolicy', (object) => textAt(object, 'reclaimPolicy') || 'Delete'),
  text('VolumeBindingMode', (object) => textAt(object, 'volumeBindingMode') || 'Immediate'),
  text('AllowVolumeExpansion', (object) => valueAt(object, 'allowVolumeExpansion') === true),
  AGE,
]
