/** One line of the bench: what we take, what the peer takes, and how far apart that may be. */
export interface Row {
  name: string
  unit: string
  ours: number
  /** The peer's figure; null where the target is a limit of ours alone. */
  peer: number | null
  /** The most that ours may be: as a multiple of the peer's, or by itself where there is no peer. */
  target: number
}

/** Three significant digits, which is more than two cores of a shared machine can tell. */
const figure = (value: number) => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '–')

const HEAD = ['what', 'ours', 'peer', 'ratio', 'target', '']

function cells({ name, unit, ours, peer, target }: Row): string[] {
  const measured = peer === null ? ours : ours / peer
  const limit = peer === null ? `≤ ${figure(target)} ${unit}` : `≤ ${figure(target)}`
  return [
    name,
    `${figure(ours)} ${unit}`,
    peer === null ? '–' : `${figure(peer)} ${unit}`,
    peer === null ? '–' : figure(measured),
    limit,
    measured <= target ? 'met' : 'missed',
  ]
}

/** The rows as a table for a terminal. */
export function printRows(rows: readonly Row[]): string {
  const table = [HEAD, ...rows.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)))
  return table
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The value below which a share of the samples lies (nearest rank); NaN of no samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5)
