import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { isContainerRunning, isPodReady } from '../../lib/cocoon/pod-state.ts'
import { quantityValue } from '../../lib/cocoon/quantity.ts'

/** What a VM uses at one moment. */
export interface Load {
  /** Billionths of a core. */
  cpuNanoCores: number
  /** Working set. */
  memoryBytes: number
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const NANO = 1e9
/** What a VM is taken to have when its pod asks for nothing. */
const DEFAULT_CORES = 2
const DEFAULT_MEMORY = 4 * 2 ** 30
/** A guest without work still keeps its kernel's time. */
const IDLE_SHARE = 0.004

/** A number in [0, 1) that belongs to a text: the same for everybody who asks. */
function shareOf(text: string): number {
  let hash = 2_166_136_261
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519)
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_917)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296
}

/** Between 0 and 1, once per period, at the VM's own phase. */
const wave = (atMs: number, periodMs: number, phase: number) =>
  0.5 + 0.5 * Math.sin(2 * Math.PI * ((atMs % periodMs) / periodMs + phase))

function asked(pod: Pod, resource: string): number {
  const amounts = (pod.spec?.containers ?? []).map(({ resources }) => {
    const amount = resources?.requests?.[resource] ?? resources?.limits?.[resource]
    return amount === undefined ? 0 : (quantityValue(amount) ?? 0)
  })
  return amounts.reduce((sum, amount) => sum + amount, 0)
}

/**
 * What the pod's VM uses at a moment (epoch milliseconds): a function of its uid, its requests and its state, with a
 * wave per day, per some minutes and a flicker, so that everybody who asks sees the same figures. Undefined when no VM
 * runs: asleep, not created yet, failed.
 */
export function loadOf(pod: Pod, atMs: number): Load | undefined {
  if (!isContainerRunning(pod)) return undefined
  const uid = pod.metadata?.uid ?? pod.metadata?.name ?? ''
  const cores = asked(pod, 'cpu') || DEFAULT_CORES
  const memory = asked(pod, 'memory') || DEFAULT_MEMORY
  const phase = shareOf(`${uid}/phase`)
  const busy = isPodReady(pod) ? 0.03 + 0.55 * shareOf(`${uid}/busy`) ** 2 : 0
  const day = 0.35 + 0.65 * wave(atMs, DAY_MS, phase * 0.15)
  const minutes = 0.55 + 0.45 * wave(atMs, (4 + 9 * phase) * MINUTE_MS, phase)
  const flicker = 0.85 + 0.3 * shareOf(`${uid}/${Math.floor(atMs / 5_000)}`)
  const cpu = cores * Math.min(1, IDLE_SHARE * flicker + busy * day * minutes * flicker)
  const resident = 0.22 + 0.4 * shareOf(`${uid}/memory`)
  const grown = 0.12 * wave(atMs, (2 + 5 * phase) * HOUR_MS, phase) + (busy > 0 ? 0.06 * minutes : 0)
  return {
    cpuNanoCores: Math.round(cpu * NANO),
    memoryBytes: Math.round((memory * (resident + grown)) / 4096) * 4096,
  }
}
