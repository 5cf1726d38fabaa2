import type { LogEntry } from './console-log.ts'

/** What the boot messages tell about the machine. */
export interface BootFacts {
  hostname: string
  cpus: number
  memoryBytes: number
  kernel: string
  /** The pretty name of the distribution. */
  system: string
}

const KIB = 1024

/** The messages of a Linux boot under cloud-hypervisor, with the uptime of each in milliseconds. */
export function bootEntries({ hostname, cpus, memoryBytes, kernel, system }: BootFacts): LogEntry[] {
  const total = Math.round(memoryBytes / KIB)
  const kernelSays: [number, string][] = [
    [0, `Linux version ${kernel} (build@cocoon) (gcc 13.3.0, GNU ld 2.42) #1 SMP PREEMPT_DYNAMIC`],
    [0, 'Command line: console=hvc0 root=/dev/vda1 rw panic=1 net.ifnames=0'],
    [0, 'KVM: hypervisor detected'],
    [0, 'kvm-clock: Using msrs 4b564d01 and 4b564d00'],
    [
      14,
      `Memory: ${Math.round(total * 0.96)}K/${total}K available (18432K kernel code, 4223K rwdata, 11608K rodata)`,
    ],
    [31, `smp: Brought up 1 node, ${cpus} CPU${cpus === 1 ? '' : 's'}`],
    [96, 'virtio_blk virtio1: [vda] 41943040 512-byte logical blocks (21.5 GB/20.0 GiB)'],
    [104, 'virtio_net virtio2 eth0: renamed from virtio2'],
    [133, 'EXT4-fs (vda1): mounted filesystem with ordered data mode. Quota mode: none.'],
    [151, 'Run /sbin/init as init process'],
  ]
  const servicesSay: [number, string, string][] = [
    [240, 'systemd[1]', `Detected virtualization kvm.`],
    [244, 'systemd[1]', `Welcome to ${system}!`],
    [251, 'systemd[1]', `Hostname set to <${hostname}>.`],
    [402, 'systemd[1]', 'Started systemd-journald.service - Journal Service.'],
    [530, 'systemd[1]', 'Started systemd-networkd.service - Network Configuration.'],
    [618, 'systemd-networkd[211]', 'eth0: Gained carrier'],
    [731, 'systemd[1]', 'Started ssh.service - OpenBSD Secure Shell server.'],
    [748, 'systemd[1]', 'Started cocoon-agent.service - Cocoon guest agent.'],
    [752, 'cocoon-agent[388]', 'listening on vsock port 1024'],
    [790, 'systemd[1]', 'Started agent.service - Workload.'],
    [811, 'systemd[1]', 'Reached target multi-user.target - Multi-User System.'],
  ]
  return [
    ...kernelSays.map(([at, text]) => ({ at, unit: 'kernel', text })),
    ...servicesSay.map(([at, unit, text]) => ({ at, unit, text })),
  ]
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

/** What the workload says while it runs. */
export function chatter(n: number, draw: number): [string, string] {
  const say = TALK.find(([below]) => draw < below)?.[1]
  return ['agent[402]', say ? say(n, draw) : '']
}
