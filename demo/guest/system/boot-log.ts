import type { GuestOs } from '../guest-image.ts'
import type { LogEntry } from './console-log.ts'

/** What the boot messages tell about the machine. */
export interface BootFacts {
  os: GuestOs
  hostname: string
  cpus: number
  memoryBytes: number
  kernel: string
  /** The pretty name of the distribution. */
  system: string
}

const KIB = 1024

type Row = [at: number, unit: string, text: string]

function kernelSays({ cpus, memoryBytes, kernel }: BootFacts): Row[] {
  const total = Math.round(memoryBytes / KIB)
  const available = Math.round(total * 0.96)
  const rows: [number, string][] = [
    [0, `Linux version ${kernel} (build@cocoon) (gcc 13.3.0, GNU ld 2.42) #1 SMP PREEMPT_DYNAMIC`],
    [0, 'Command line: console=hvc0 root=/dev/vda1 rw panic=1 net.ifnames=0'],
    [0, 'KVM: hypervisor detected'],
    [0, 'kvm-clock: Using msrs 4b564d01 and 4b564d00'],
    [14, `Memory: ${available}K/${total}K available (18432K kernel code, 4223K rwdata, 11608K rodata)`],
    [31, `smp: Brought up 1 node, ${cpus} CPU${cpus === 1 ? '' : 's'}`],
    [96, 'virtio_blk virtio1: [vda] 41943040 512-byte logical blocks (21.5 GB/20.0 GiB)'],
    [104, 'virtio_net virtio2 eth0: renamed from virtio2'],
    [133, 'EXT4-fs (vda1): mounted filesystem with ordered data mode. Quota mode: none.'],
    [151, 'Run /sbin/init as init process'],
  ]
  return rows.map(([at, text]) => [at, 'kernel', text])
}

const firmwareSays = (loader: string): Row[] => [
  [620, 'firmware', 'UEFI firmware (version edk2-stable202502)'],
  [1_480, 'firmware', `BdsDxe: loading Boot0001 "${loader}" from PciRoot(0x0)/Pci(0x2,0x0)`],
  [1_530, 'firmware', `BdsDxe: starting Boot0001 "${loader}" from PciRoot(0x0)/Pci(0x2,0x0)`],
]

/** What each system prints on its console while it starts; those with a screen say little. */
const BOOT: Record<GuestOs, (facts: BootFacts) => Row[]> = {
  linux: (facts) => [
    ...kernelSays(facts),
    [240, 'systemd[1]', 'Detected virtualization kvm.'],
    [244, 'systemd[1]', `Welcome to ${facts.system}!`],
    [251, 'systemd[1]', `Hostname set to <${facts.hostname}>.`],
    [402, 'systemd[1]', 'Started systemd-journald.service - Journal Service.'],
    [530, 'systemd[1]', 'Started systemd-networkd.service - Network Configuration.'],
    [618, 'systemd-networkd[211]', 'eth0: Gained carrier'],
    [731, 'systemd[1]', 'Started ssh.service - OpenBSD Secure Shell server.'],
    [748, 'systemd[1]', 'Started cocoon-agent.service - Cocoon guest agent.'],
    [752, 'cocoon-agent[388]', 'listening on vsock port 1024'],
    [790, 'systemd[1]', 'Started agent.service - Workload.'],
    [811, 'systemd[1]', 'Reached target multi-user.target - Multi-User System.'],
  ],
  android: (facts) => [
    ...kernelSays(facts),
    [402, 'init', "starting service 'logd'..."],
    [731, 'init', "starting service 'adbd'..."],
    [748, 'init', "starting service 'cocoon-agent'..."],
    [790, 'init', "starting service 'zygote'..."],
    [4_100, 'init', 'processing action (sys.boot_completed=1)'],
  ],
  macos: () => firmwareSays('macOS Boot Loader'),
  windows: () => firmwareSays('Windows Boot Manager'),
}

/** The messages of a boot, with the uptime of each in milliseconds. */
export function bootEntries(facts: BootFacts): LogEntry[] {
  return BOOT[facts.os](facts).map(([at, unit, text]) => ({ at, unit, text }))
}

const TALK: readonly [number, (n: number, draw: number) => string][] = [
  [0.62, (n, draw) => `heartbeat seq=${n} queue=${Math.floor(draw * 9)}`],
  [
    0.8,
    (n, draw) => `task ${(n * 7919).toString(16).padStart(6, '0')} done in ${Math.round(draw * 4_000)}ms`,
  ],
  [0.94, (_, draw) => `checkpoint written (${(draw * 48).toFixed(1)} MiB)`],
  [1, (n) => `upstream answered 429, trying again in ${(n % 5) + 1}s`],
]

/** What the workload says on the console while it runs; systems with a screen do not use it. */
export function chatter(os: GuestOs, n: number, draw: number): [string, string] | undefined {
  if (os !== 'linux') return undefined
  const say = TALK.find(([below]) => draw < below)?.[1]
  return ['agent[402]', say ? say(n, draw) : '']
}
