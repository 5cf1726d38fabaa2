import type { GuestOs } from '../guest-image.ts'
import type { TableImage, Task } from './process-table.ts'

const MIB = 2 ** 20

type Row = [
  pid: number,
  ppid: number,
  user: string,
  command: string,
  startedAt: number,
  residentMiB: number,
  share: number,
  unit?: string,
]

const LINUX: readonly Row[] = [
  [1, 0, 'root', '/sbin/init', 151, 13, 0.000_2],
  [2, 0, 'root', 'kthreadd', 0, 0, 0],
  [3, 2, 'root', 'pool_workqueue_release', 0, 0, 0],
  [14, 2, 'root', 'ksoftirqd/0', 0, 0, 0.000_05],
  [15, 2, 'root', 'rcu_preempt', 0, 0, 0.000_1],
  [58, 2, 'root', 'kworker/0:1-events', 10, 0, 0.000_1],
  [134, 2, 'root', 'jbd2/vda1-8', 133, 0, 0.000_05],
  [172, 1, 'root', '/usr/lib/systemd/systemd-journald', 402, 17, 0.000_2, 'systemd-journald.service'],
  [
    211,
    1,
    'systemd-network',
    '/usr/lib/systemd/systemd-networkd',
    530,
    9,
    0.000_05,
    'systemd-networkd.service',
  ],
  [352, 1, 'root', '/usr/sbin/sshd -D', 731, 8, 0.000_01, 'ssh.service'],
  [388, 1, 'root', '/usr/local/bin/cocoon-agent', 748, 12, 0.000_3, 'cocoon-agent.service'],
  [402, 1, 'agent', '/opt/agent/bin/agent --config /etc/agent/config.yaml', 790, 184, 0.034, 'agent.service'],
]

const ANDROID: readonly Row[] = [
  [1, 0, 'root', '/system/bin/init second_stage', 151, 11, 0.000_3],
  [2, 0, 'root', 'kthreadd', 0, 0, 0],
  [186, 1, 'logd', '/system/bin/logd', 402, 9, 0.000_4, 'logd'],
  [352, 1, 'shell', '/apex/com.android.adbd/bin/adbd --root_seclabel=u:r:su:s0', 731, 8, 0.000_1, 'adbd'],
  [388, 1, 'root', '/system/bin/cocoon-agent', 748, 12, 0.000_3, 'cocoon-agent'],
  [402, 1, 'root', 'zygote64', 790, 142, 0.000_8, 'zygote'],
  [641, 402, 'system', 'system_server', 1_900, 318, 0.021],
  [902, 402, 'u0_a78', 'com.android.systemui', 4_100, 204, 0.006],
]

const DESKTOP: readonly Row[] = [
  [1, 0, 'root', '/sbin/launchd', 0, 18, 0.000_4],
  [388, 1, 'root', '/usr/local/bin/cocoon-agent', 748, 12, 0.000_3, 'cocoon-agent'],
  [402, 1, 'admin', '/Applications/Agent.app/Contents/MacOS/Agent', 790, 210, 0.03, 'agent'],
]

const WINDOWS: readonly Row[] = [
  [4, 0, 'SYSTEM', 'System', 0, 0, 0.001],
  [356, 4, 'SYSTEM', 'smss.exe', 900, 1, 0],
  [468, 356, 'SYSTEM', 'csrss.exe', 1_400, 5, 0.000_2],
  [612, 468, 'SYSTEM', 'services.exe', 1_900, 9, 0.000_2],
  [640, 468, 'SYSTEM', 'lsass.exe', 1_950, 14, 0.000_2],
  [1044, 612, 'SYSTEM', 'svchost.exe', 2_300, 22, 0.000_6],
  [2112, 612, 'SYSTEM', 'cocoon-agent.exe', 3_100, 16, 0.000_3, 'cocoon-agent'],
  [3380, 612, 'agent', 'explorer.exe', 5_200, 128, 0.002],
  [3924, 3380, 'agent', 'agent.exe', 6_100, 231, 0.03, 'agent'],
]

const ROWS: Record<GuestOs, readonly Row[]> = {
  linux: LINUX,
  android: ANDROID,
  macos: DESKTOP,
  windows: WINDOWS,
}

/** The processes of a guest that has just started. */
export function bootTasks(os: GuestOs): TableImage {
  const tasks = ROWS[os].map(([pid, ppid, user, command, startedAt, residentMiB, cpuShare, unit]): Task => ({
    pid,
    ppid,
    user,
    argv: command.split(' '),
    startedAt,
    residentBytes: residentMiB * MIB,
    virtualBytes: residentMiB * MIB * 3,
    cpuBase: 0,
    cpuShare,
    kernel: residentMiB === 0 && os !== 'windows',
    unit,
  }))
  return { tasks, lastPid: tasks.at(-1)?.pid ?? 1 }
}

/** The process of a guest that its execs are children of. */
export function agentPid(tasks: readonly Task[]): number {
  return tasks.find((task) => task.unit?.startsWith('cocoon-agent'))?.pid ?? 1
}
