import { annotationOf, flagOf, writableAnnotations } from './annotations.ts'
import type { AgentSpec, ToolboxSpec, VMOptions } from './crd.ts'
import {
  agentModeOrDefault,
  backendOrDefault,
  osTypeOrDefault,
  snapshotPolicyOrDefault,
  toolboxModeOrDefault,
} from './enums.ts'
import { goIntText } from './go-int.ts'
import {
  ANNOTATION_BACKEND,
  ANNOTATION_CONN_TYPE,
  ANNOTATION_FORCE_PULL,
  ANNOTATION_FORK_FROM,
  ANNOTATION_IMAGE,
  ANNOTATION_MANAGED,
  ANNOTATION_MODE,
  ANNOTATION_NETWORK,
  ANNOTATION_NO_DIRECT_IO,
  ANNOTATION_OS,
  ANNOTATION_PROBE_PORT,
  ANNOTATION_SNAPSHOT_POLICY,
  ANNOTATION_STORAGE,
  ANNOTATION_VM_NAME,
} from './keys.ts'
import type { MaybePod } from './kube-json.ts'
import { quantityString } from './quantity.ts'

interface VMSpecTexts {
  vmName: string
  image: string
  mode: string
  os: string
  storage: string
  network: string
  snapshotPolicy: string
  forkFrom: string
  connType: string
  backend: string
  /** Text, not a number (contract 2). */
  probePort: string
}

interface VMSpecFlags {
  managed: boolean
  forcePull: boolean
  noDirectIO: boolean
}

/** What the operator asks the node for, as annotations of the pod (contract 2.5). */
export interface VMSpec extends VMSpecTexts, VMSpecFlags {}

const TEXT_KEYS: Record<keyof VMSpecTexts, string> = {
  vmName: ANNOTATION_VM_NAME,
  image: ANNOTATION_IMAGE,
  mode: ANNOTATION_MODE,
  os: ANNOTATION_OS,
  storage: ANNOTATION_STORAGE,
  network: ANNOTATION_NETWORK,
  snapshotPolicy: ANNOTATION_SNAPSHOT_POLICY,
  forkFrom: ANNOTATION_FORK_FROM,
  connType: ANNOTATION_CONN_TYPE,
  backend: ANNOTATION_BACKEND,
  probePort: ANNOTATION_PROBE_PORT,
}

const FLAG_KEYS: Record<keyof VMSpecFlags, string> = {
  managed: ANNOTATION_MANAGED,
  forcePull: ANNOTATION_FORCE_PULL,
  noDirectIO: ANNOTATION_NO_DIRECT_IO,
}

const TEXT_FIELDS = Object.keys(TEXT_KEYS) as (keyof VMSpecTexts)[]
const FLAG_FIELDS = Object.keys(FLAG_KEYS) as (keyof VMSpecFlags)[]

/** Reads the spec annotations as they stand: no defaults, no checks, no trimming (contract 2.5). */
export function parseVMSpec(pod: MaybePod): VMSpec {
  const texts = TEXT_FIELDS.map((field) => [field, annotationOf(pod, TEXT_KEYS[field])])
  const flags = FLAG_FIELDS.map((field) => [field, flagOf(pod, FLAG_KEYS[field])])
  return Object.fromEntries([...texts, ...flags]) as VMSpec
}

/** Writes what the spec says; it never blanks or removes a key. Returns the pod (contract 2.5). */
export function applyVMSpec<P extends MaybePod>(spec: VMSpec, pod: P): P {
  if (!pod) return pod
  const annotations = writableAnnotations(pod)
  for (const field of TEXT_FIELDS) {
    if (spec[field] !== '') annotations[TEXT_KEYS[field]] = spec[field]
  }
  for (const field of FLAG_FIELDS) {
    if (spec[field]) annotations[FLAG_KEYS[field]] = 'true'
  }
  return pod
}

/** The spec of an agent's VM, main or forked: always managed, defaults filled in (contract 2.5). */
export function fromAgentSpec(
  spec: AgentSpec,
  vmName: string,
  snapshotPolicy: string,
  forkFrom: string,
): VMSpec {
  const mode = agentModeOrDefault(spec.mode)
  return {
    ...fromOptions(spec, vmName, snapshotPolicy),
    image: spec.image ?? '',
    mode,
    forkFrom,
    managed: true,
  }
}

/** The spec of a toolbox's VM; a static one is not managed (contract 2.5). */
export function fromToolboxSpec(spec: ToolboxSpec, vmName: string, snapshotPolicy: string): VMSpec {
  const mode = toolboxModeOrDefault(spec.mode)
  const managed = spec.mode !== 'static'
  return {
    ...fromOptions(spec, vmName, snapshotPolicy),
    image: spec.image ?? '',
    mode,
    forkFrom: '',
    managed,
  }
}

type OptionFields = Omit<VMSpec, 'image' | 'mode' | 'forkFrom' | 'managed'>

function fromOptions(options: VMOptions, vmName: string, snapshotPolicy: string): OptionFields {
  const probePort = options.probePort ?? 0
  return {
    vmName,
    os: osTypeOrDefault(options.os),
    storage: quantityString(options.storage),
    network: options.network ?? '',
    snapshotPolicy: snapshotPolicyOrDefault(snapshotPolicy),
    forcePull: options.forcePull ?? false,
    noDirectIO: options.noDirectIO ?? false,
    connType: options.connType ?? '',
    backend: backendOrDefault(options.backend),
    probePort: probePort > 0 ? goIntText(probePort) : '',
  }
}
