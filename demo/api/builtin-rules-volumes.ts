import { parseQuantity } from '../../lib/cocoon/quantity-parse.ts'
import { faultCauses, itemsAt, recordAt, supportedCauses, together } from './builtin-rules-checks.ts'
import { fieldReferenceCauses, resourceReferenceCauses } from './builtin-rules-env.ts'
import { descendingPathCauses, dnsLabelFaults, filePathCauses } from './builtin-rules-names.ts'
import { duplicateValue, forbiddenField, invalidValue, notFoundValue, requiredValue } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { textAt } from './json.ts'
import type { FieldCause } from './status.ts'

type Check = (source: JsonRecord, field: string) => FieldCause[]

const MODE = 'must be a number between 0 and 0777 (octal), both inclusive'
const MOST_MODE = 0o777

function modeCauses(field: string, mode: unknown): FieldCause[] {
  const wrong = typeof mode === 'number' && (mode < 0 || mode > MOST_MODE)
  return wrong ? [invalidValue(field, mode, MODE)] : []
}

const required = (source: JsonRecord, field: string, name: string) =>
  textAt(source, name) ? [] : [requiredValue(`${field}.${name}`)]

function itemCauses(source: JsonRecord, field: string): FieldCause[] {
  return itemsAt(source, 'items', field).flatMap(([item, at]) => {
    const path = textAt(item, 'path')
    return together(
      required(item, at, 'key'),
      path ? filePathCauses(`${at}.path`, path) : [requiredValue(`${at}.path`)],
      modeCauses(`${at}.mode`, item.mode),
    )
  })
}

const filesOf =
  (name: string): Check =>
  (source, field) => [
    ...required(source, field, name),
    ...modeCauses(`${field}.defaultMode`, source.defaultMode),
    ...itemCauses(source, field),
  ]

const DOWNWARD_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]

/** The original tells these without the index of the file. */
function downwardCauses(source: JsonRecord, field: string): FieldCause[] {
  return itemsAt(source, 'items', field).flatMap(([file]) => {
    const path = textAt(file, 'path')
    const own = recordAt(file, 'fieldRef')
    const resource = recordAt(file, 'resourceFieldRef')
    const causes = path ? filePathCauses(`${field}.path`, path) : [requiredValue(`${field}.path`)]
    if (own) {
      causes.push(...fieldReferenceCauses(own, `${field}.fieldRef`, DOWNWARD_FIELDS))
      if (resource)
        causes.push(
          invalidValue(
            field,
            'resource',
            'fieldRef and resourceFieldRef can not be specified simultaneously',
          ),
        )
    } else if (resource) causes.push(...resourceReferenceCauses(resource, `${field}.resourceFieldRef`, true))
    else causes.push(requiredValue(field, 'one of fieldRef and resourceFieldRef is required'))
    return causes
  })
}

const TOKEN_SECONDS = { least: 600, most: 2 ** 32 }

function tokenCauses(token: JsonRecord, field: string, projected: string): FieldCause[] {
  const { expirationSeconds } = token
  const at = `${field}.expirationSeconds`
  const causes: FieldCause[] = []
  if (typeof expirationSeconds === 'number' && expirationSeconds < TOKEN_SECONDS.least) {
    causes.push(invalidValue(at, expirationSeconds, 'may not specify a duration less than 10 minutes'))
  }
  if (typeof expirationSeconds === 'number' && expirationSeconds > TOKEN_SECONDS.most) {
    causes.push(invalidValue(at, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'))
  }
  return textAt(token, 'path') ? causes : [...causes, requiredValue(`${projected}.path`)]
}

function projectionCauses(source: JsonRecord, field: string): FieldCause[] {
  const causes = modeCauses(`${field}.defaultMode`, source.defaultMode)
  for (const [projection, at] of itemsAt(source, 'sources', field)) {
    const secret = recordAt(projection, 'secret')
    const config = recordAt(projection, 'configMap')
    const token = recordAt(projection, 'serviceAccountToken')
    const downward = recordAt(projection, 'downwardAPI')
    if (secret)
      causes.push(...required(secret, `${at}.secret`, 'name'), ...itemCauses(secret, `${at}.secret`))
    if (config)
      causes.push(...required(config, `${at}.configMap`, 'name'), ...itemCauses(config, `${at}.configMap`))
    if (token) causes.push(...tokenCauses(token, `${at}.serviceAccountToken`, field))
    if (downward) causes.push(...downwardCauses(downward, `${at}.downwardAPI`))
  }
  return causes
}

const HOST_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]

const SOURCES: Readonly<Record<string, Check>> = {
  emptyDir(source, field) {
    const size = parseQuantity(textAt(source, 'sizeLimit'))
    const wrong = size && size.coefficient < 0n
    return wrong
      ? [forbiddenField(`${field}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
      : []
  },
  hostPath(source, field) {
    const path = textAt(source, 'path')
    if (!path) return [requiredValue(`${field}.path`)]
    const backsteps = path.split('/').includes('..')
    return [
      ...(backsteps ? [invalidValue(`${field}.path`, path, "must not contain '..'")] : []),
      ...supportedCauses(`${field}.type`, source.type, HOST_TYPES),
    ]
  },
  secret: filesOf('secretName'),
  nfs: (source, field) => [
    ...required(source, field, 'server'),
    ...required(source, field, 'path'),
    ...(/^[^/]/.test(textAt(source, 'path'))
      ? [invalidValue(`${field}.path`, source.path, 'must be an absolute path')]
      : []),
  ],
  persistentVolumeClaim: (source, field) => required(source, field, 'claimName'),
  downwardAPI: (source, field) => [
    ...modeCauses(`${field}.defaultMode`, source.defaultMode),
    ...downwardCauses(source, field),
  ],
  configMap: filesOf('name'),
  projected: projectionCauses,
  csi: (source, field) => required(source, field, 'driver'),
}

function sourceCauses(volume: JsonRecord, at: string): FieldCause[] {
  const given = Object.keys(volume).filter((name) => recordAt(volume, name))
  const order = Object.keys(SOURCES)
  const [first, ...more] = given.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
  if (!first) return [requiredValue(at, 'must specify a volume type')]
  const check = SOURCES[first]
  return [
    ...(check ? check(recordAt(volume, first) ?? {}, `${at}.${first}`) : []),
    ...more.map((name) => forbiddenField(`${at}.${name}`, 'may not specify more than 1 volume type')),
  ]
}

/** What is wrong with the volumes of a pod. */
export function volumeCauses(spec: JsonRecord, path: string): FieldCause[] {
  const names = new Set<string>()
  return itemsAt(spec, 'volumes', path).flatMap(([volume, at]) => {
    const name = textAt(volume, 'name')
    const causes = sourceCauses(volume, at)
    if (!name) causes.push(requiredValue(`${at}.name`))
    else if (names.has(name)) causes.push(duplicateValue(`${at}.name`, name))
    else causes.push(...faultCauses(`${at}.name`, name, dnsLabelFaults(name)))
    names.add(name)
    return causes
  })
}

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None']

/** What is wrong with where a container mounts volumes; `volumes` are the names that there are. */
export function mountCauses(container: JsonRecord, path: string, volumes: ReadonlySet<string>): FieldCause[] {
  const points = new Set<string>()
  const all = `${path}.volumeMounts`
  return itemsAt(container, 'volumeMounts', path).flatMap(([mount, at]) => {
    const name = textAt(mount, 'name')
    const point = textAt(mount, 'mountPath')
    const causes = together(required(mount, at, 'name'), required(mount, at, 'mountPath'))
    if (!volumes.has(name)) causes.push(notFoundValue(`${at}.name`, name))
    if (points.has(point)) causes.push(invalidValue(`${at}.mountPath`, point, 'must be unique'))
    points.add(point)
    const subPath = textAt(mount, 'subPath')
    if (subPath) causes.push(...descendingPathCauses(`${all}.subPath`, subPath))
    causes.push(...supportedCauses(`${all}.mountPropagation`, mount.mountPropagation, PROPAGATIONS))
    return causes
  })
}
