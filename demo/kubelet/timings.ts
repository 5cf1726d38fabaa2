import type { Random } from '../random.ts'

/** How long things take on a node, in cluster milliseconds (contract 6.4). */
export interface Timings {
  boot(os: string): number
  /** A boot from an image that asks to be slow. */
  slowBoot(): number
  /** Saving the state that forks share: about two seconds per GiB, once per main agent. */
  forkSnapshot(memoryGiB: number): number
  fork(): number
  clone(): number
  /** The guest's network fix-up after a clone. */
  fixUp(): number
  /** Until somebody has run the hint in a guest whose node does not fix it itself. */
  fixedByHand(): number
  /** Until the DHCP lease comes when it comes late. */
  lateLease(): number
  /** From a running VM to the first successful probe: DHCP lease and ping. */
  firstProbe(): number
  hibernate(memoryGiB: number): number
  /** Longer than the operator waits. */
  slowHibernate(): number
  /** By where the memory comes from: the node itself, another node, or the registry. */
  wake(from: 'node' | 'peer' | 'registry'): number
  /** A wake from an image that asks to be slow, and one that takes longer than the operator waits. */
  slowWake(): number
  stuckWake(): number
  /** Saving and pushing `:latest` before a VM is removed. */
  finalSnapshot(): number
  /** How long a flaky probe holds, and how long it then fails. */
  flakyUp(): number
  flakyDown(): number
  /** From ready to the next crash of a VM that crashes again and again, and a restart in place. */
  crash(): number
  restart(): number
  /** From ready to the moment when a VM is gone. */
  vanish(): number
}

const BOOT: Record<string, [number, number]> = {
  linux: [1_000, 3_000],
  windows: [6_000, 12_000],
  android: [4_000, 8_000],
  macos: [20_000, 40_000],
}

const WAKE: Record<'node' | 'peer' | 'registry', [number, number]> = {
  node: [2_000, 5_000],
  peer: [3_000, 7_000],
  registry: [4_000, 8_000],
}

/** Draws believable durations from a source of chance. */
export function nodeTimings(random: Random): Timings {
  return {
    boot: (os) => random.int(...(BOOT[os] ?? [1_000, 3_000])),
    slowBoot: () => random.int(60_000, 90_000),
    forkSnapshot: (memoryGiB) => Math.round(2_000 * memoryGiB),
    fork: () => random.int(250, 400),
    clone: () => random.int(600, 2_500),
    fixUp: () => random.int(2_000, 7_000),
    fixedByHand: () => random.int(60_000, 120_000),
    lateLease: () => random.int(25_000, 40_000),
    firstProbe: () => random.int(400, 1_800),
    hibernate: (memoryGiB) => random.int(4_000, 8_000) + Math.min(10_000, Math.round(1_500 * memoryGiB)),
    slowHibernate: () => random.int(190_000, 220_000),
    wake: (from) => random.int(...WAKE[from]),
    slowWake: () => random.int(90_000, 120_000),
    stuckWake: () => random.int(310_000, 340_000),
    finalSnapshot: () => random.int(2_500, 7_000),
    flakyUp: () => random.int(25_000, 60_000),
    flakyDown: () => random.int(15_000, 30_000),
    crash: () => random.int(5_000, 12_000),
    restart: () => random.int(600, 1_500),
    vanish: () => random.int(50_000, 70_000),
  }
}
