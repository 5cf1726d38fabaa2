import type { Machine } from './machine.ts'

/** How a guest's memory is used, in bytes. */
export interface MemoryUse {
  total: number
  used: number
  free: number
  available: number
  cached: number
  buffers: number
}

const MIB = 2 ** 20

/** What processes hold, what the files in memory take, and a page cache that grows to a tenth in the first hours. */
export function memoryUse(machine: Machine): MemoryUse {
  const total = Math.floor(machine.memoryBytes * 0.965)
  const resident = machine.tasks.all().reduce((sum, task) => sum + task.residentBytes, 0)
  const used = Math.min(total * 0.9, resident + total * 0.02)
  const age = Math.min(1, machine.uptime() / 7_200_000)
  const cached = Math.min((total - used) / 2, machine.files.used() + 48 * MIB + total * 0.1 * age)
  const buffers = Math.min(cached / 8, 24 * MIB)
  const free = Math.floor(total - used - cached - buffers)
  return {
    total,
    used: Math.floor(used),
    free,
    available: Math.floor(free + cached * 0.9),
    cached: Math.floor(cached),
    buffers: Math.floor(buffers),
  }
}
