import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes of this process's heap that are still in use after everything else was collected. */
export function settledHeap(): number {
  collect()
  return process.memoryUsage().heapUsed
}

const MEGABYTE = 1024 * 1024

/** Bytes as megabytes, with one decimal. */
export const megabytes = (bytes: number) => `${(bytes / MEGABYTE).toFixed(1)} MB`

/** By how much a value has grown, in percent. */
export const growth = (before: number, after: number) => (after / before - 1) * 100
