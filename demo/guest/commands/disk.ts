import { isSystemError } from '../system/errno.ts'
import type { FileNode } from '../system/file-node.ts'
import { fromDirectory, joinPath } from '../system/path.ts'
import { complain, print, type Process } from '../system/process.ts'
import { MOUNTS } from '../system/proc-files.ts'
import { memoryUse } from '../system/memory-use.ts'
import { humanSize, sizeOf } from './file-mode.ts'
import { withOptions } from './options.ts'

const GIB = 2 ** 30

export const du = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    {
      letters: 'shakcxd:bm',
      long: { summarize: 's', 'human-readable': 'h', all: 'a', total: 'c', 'max-depth': 'd', bytes: 'b' },
    },
    async ({ flags, values, operands }) => {
      const { files } = process.machine
      const deepest = flags.has('s') ? 0 : Number(values.get('d') ?? Infinity)
      let status = 0
      let total = 0
      const shown = (bytes: number) =>
        flags.has('h')
          ? humanSize(bytes)
          : String(flags.has('b') ? bytes : Math.ceil(bytes / (flags.has('m') ? 2 ** 20 : 1024)))
      const blocks = (node: FileNode) =>
        flags.has('b')
          ? sizeOf(node)
          : node.type === 'link' || node.type === 'generated'
            ? 0
            : Math.ceil(sizeOf(node) / 4096) * 4096
      const rows: string[] = []
      const walk = (path: string, depth: number): number => {
        const absolute = fromDirectory(process.cwd, path)
        const node = files.lookup(absolute, false)
        let sum = blocks(node)
        if (node.type === 'directory' && node.mount === undefined)
          for (const [name] of files.list(absolute)) sum += walk(joinPath(path, name), depth + 1)
        if (depth <= deepest && (depth === 0 || node.type === 'directory' || flags.has('a')))
          rows.push(`${shown(sum)}\t${path}\n`)
        return sum
      }
      for (const name of operands.length > 0 ? operands : ['.']) {
        try {
          total += walk(name, 0)
        } catch (error) {
          if (!isSystemError(error)) throw error
          status = await complain(process, `du: cannot access '${name}': ${error.message}`)
        }
      }
      if (flags.has('c')) rows.push(`${shown(total)}\ttotal\n`)
      await print(process, rows.join(''))
      return status
    },
  )

export const df = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'hTkPaim', long: { 'human-readable': 'h', 'print-type': 'T' } },
    async ({ flags }) => {
      const { machine } = process
      const memory = memoryUse(machine).total
      const sizes: Record<string, [total: number, used: number]> = {
        '/': [20 * GIB, 3.4 * GIB + machine.files.used()],
        '/dev': [memory * 0.45, 0],
        '/run': [memory * 0.2, 0.9 * 2 ** 20],
      }
      const shown = (bytes: number) => (flags.has('h') ? humanSize(bytes) : String(Math.floor(bytes / 1024)))
      const rows = MOUNTS.flatMap(([source, place, type]) => {
        const [total, used] = sizes[place] ?? [0, 0]
        if (total === 0) return []
        return [
          [
            source,
            ...(flags.has('T') ? [type] : []),
            shown(total),
            shown(used),
            shown(total - used),
            `${Math.ceil((used / total) * 100)}%`,
            place,
          ],
        ]
      })
      const header = [
        'Filesystem',
        ...(flags.has('T') ? ['Type'] : []),
        flags.has('h') ? 'Size' : '1K-blocks',
        'Used',
        flags.has('h') ? 'Avail' : 'Available',
        'Use%',
        'Mounted on',
      ]
      const table = [header, ...rows]
      const left = flags.has('T') ? 2 : 1
      const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
      await print(
        process,
        table
          .map(
            (row) =>
              `${row.map((cell, i) => (i < left ? cell.padEnd(Math.max(widths[i] ?? 0, i === 0 ? 14 : 0)) : i === row.length - 1 ? cell : cell.padStart(widths[i] ?? 0))).join(' ')}\n`,
          )
          .join(''),
      )
      return 0
    },
  )

export async function mount(process: Process, args: string[]): Promise<number> {
  if (args.length > 0) return complain(process, 'mount: /mnt: permission denied.', 32)
  await print(
    process,
    MOUNTS.map(([source, place, type, options]) => `${source} on ${place} type ${type} (${options})\n`).join(
      '',
    ),
  )
  return 0
}

export const free = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'hmgkbtw' }, async ({ flags }) => {
    const { total, free: unused, available, cached, buffers } = memoryUse(process.machine)
    const human = (bytes: number) => (bytes === 0 ? '0B' : `${humanSize(bytes)}i`)
    const unit = flags.has('b') ? 1 : flags.has('m') ? 2 ** 20 : flags.has('g') ? GIB : 1024
    const shown = (bytes: number) =>
      (flags.has('h') ? human(bytes) : String(Math.floor(bytes / unit))).padStart(12)
    const row = (name: string, values: number[]) => `${name.padEnd(8)}${values.map(shown).join('')}\n`
    const header = `${' '.repeat(8)}${['total', 'used', 'free', 'shared', 'buff/cache', 'available'].map((name) => name.padStart(12)).join('')}\n`
    await print(
      process,
      header +
        row('Mem:', [total, total - available, unused, 2 ** 20, cached + buffers, available]) +
        row('Swap:', [0, 0, 0]),
    )
    return 0
  })
