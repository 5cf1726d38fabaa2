import type { AgentSpec, ToolboxSpec } from '../../lib/cocoon/crd.ts'

/** What stands out about one VM of a seeded set; everything else is simply ready. */
export type Oddity =
  | { slot: number; is: 'hibernated' | 'active' | 'unreachable' | 'dead-letter' | 'post-clone-hint' }
  | { slot: 0; is: 'failed' | 'unschedulable' }

/** One CocoonSet of the seeded fleet, before VMs are counted out and nodes are chosen. */
export interface SetTemplate {
  namespace: string
  name: string
  agent: AgentSpec
  toolboxes: ToolboxSpec[]
  oddities: Oddity[]
  suspend?: boolean
  pool?: string
  snapshotPolicy?: string
  /** Prefers a node whose vk-cocoon is of the old generation. */
  old?: boolean
  /** Sub-agents that the oddities need; the rest is dealt out by weight. */
  forks: number
  /** Share of the sub-agents that are left to deal out; 0 for sets that have none. */
  weight: number
  ageDays: number
}

const cpuAndMemory = (cpu: string, memory: string) => ({ limits: { cpu, memory } })

const LINUX: AgentSpec = {
  os: 'linux',
  backend: 'cloud-hypervisor',
  mode: 'clone',
  image: 'ubuntu-agent:24.04',
  network: 'cocoon-dhcp',
  storage: '20Gi',
  resources: cpuAndMemory('2', '4Gi'),
}
const WINDOWS: AgentSpec = {
  os: 'windows',
  backend: 'cloud-hypervisor',
  mode: 'clone',
  image: 'win11-office:2026.3',
  network: 'cocoon-dhcp',
  storage: '80Gi',
  resources: cpuAndMemory('4', '8Gi'),
}
const ANDROID: AgentSpec = {
  os: 'android',
  // By scrcpy-rfb beside the guest (contract 8).
  connType: 'vnc',
  backend: 'cloud-hypervisor',
  mode: 'clone',
  image: 'android-15:stable',
  network: 'cocoon-dhcp',
  storage: '16Gi',
  resources: cpuAndMemory('2', '4Gi'),
}
const FIRECRACKER: AgentSpec = {
  os: 'linux',
  backend: 'firecracker',
  mode: 'run',
  image: 'ghcr.io/cocoonstack/images/debian-slim:13',
  network: 'cocoon-dhcp',
  storage: '8Gi',
  resources: cpuAndMemory('1', '1Gi'),
}
const MACOS: AgentSpec = {
  os: 'macos',
  backend: 'cloud-hypervisor',
  mode: 'run',
  image: 'ghcr.io/cocoonstack/images/macos:15.5',
  storage: '120Gi',
  resources: cpuAndMemory('4', '12Gi'),
}

/**
 * A desktop that somebody else runs and that the set only shows (contract 4.1, static). Its address is the end of one on
 * the network of the desktops.
 */
const desktop = (name: string, host: number, os = 'linux', id = 'desktop'): ToolboxSpec => ({
  name,
  mode: 'static',
  os,
  backend: 'cloud-hypervisor',
  connType: 'vnc',
  staticIP: `0.${host}`,
  staticVMID: `${id}-${String(host).padStart(4, '0')}`,
  vncPort: 5900,
})

/** A managed toolbox runs on the backend of its agent (contract 9, rule 7). */
const shell = (name: string, backend: string): ToolboxSpec => ({
  name,
  mode: 'run',
  os: 'linux',
  backend,
  image: 'ghcr.io/cocoonstack/images/toolbox:1.8',
  network: 'cocoon-dhcp',
  storage: '10Gi',
  resources: cpuAndMemory('1', '2Gi'),
})

/** The sets with a story, in the order in which a fleet takes them. */
export const TOLD_SETS: readonly SetTemplate[] = [
  {
    namespace: 'research',
    name: 'paper-reader',
    agent: { ...LINUX, image: 'ubuntu-agent:24.04' },
    toolboxes: [desktop('browser', 21)],
    oddities: [{ slot: 4, is: 'unreachable' }],
    forks: 6,
    weight: 6,
    ageDays: 19,
  },
  {
    namespace: 'qa',
    name: 'android-smoke',
    agent: ANDROID,
    toolboxes: [desktop('screen', 22, 'android')],
    oddities: [],
    forks: 3,
    weight: 2,
    ageDays: 6,
  },
  {
    namespace: 'finance',
    name: 'ledger-close',
    agent: WINDOWS,
    toolboxes: [desktop('excel', 23, 'windows', 'locked-desktop')],
    oddities: [{ slot: 2, is: 'active' }],
    forks: 2,
    weight: 1,
    ageDays: 27,
  },
  {
    namespace: 'qa',
    name: 'installer-lab',
    agent: { ...WINDOWS, image: 'win11-installer:2026.4', storage: '100Gi' },
    toolboxes: [],
    oddities: [{ slot: 0, is: 'failed' }],
    forks: 0,
    weight: 0,
    ageDays: 0.4,
  },
  {
    namespace: 'finance',
    name: 'invoice-intake',
    agent: { ...LINUX, image: 'ubuntu-ocr:2026.2' },
    toolboxes: [],
    oddities: [],
    suspend: true,
    forks: 2,
    weight: 1,
    ageDays: 12,
  },
  {
    namespace: 'qa',
    name: 'browser-matrix',
    agent: { ...FIRECRACKER, image: 'ghcr.io/cocoonstack/images/chromium:141' },
    toolboxes: [],
    oddities: [{ slot: 3, is: 'dead-letter' }],
    forks: 3,
    weight: 3,
    ageDays: 3,
  },
  {
    namespace: 'support',
    name: 'inbox-triage',
    agent: { ...LINUX, resources: cpuAndMemory('1', '2Gi') },
    toolboxes: [],
    oddities: [{ slot: 1, is: 'hibernated' }],
    forks: 2,
    weight: 2,
    ageDays: 9,
  },
  {
    namespace: 'research',
    name: 'gpu-render',
    agent: { ...LINUX, image: 'ubuntu-cuda:12.9', resources: cpuAndMemory('16', '64Gi') },
    toolboxes: [],
    oddities: [{ slot: 0, is: 'unschedulable' }],
    pool: 'gpu',
    forks: 0,
    weight: 0,
    ageDays: 0.1,
  },
  {
    namespace: 'platform',
    name: 'ci-runner',
    agent: FIRECRACKER,
    toolboxes: [shell('cache', 'firecracker')],
    oddities: [],
    old: true,
    snapshotPolicy: 'main-only',
    forks: 2,
    weight: 3,
    ageDays: 41,
  },
  {
    namespace: 'support',
    name: 'helpdesk-kb',
    agent: LINUX,
    toolboxes: [],
    oddities: [{ slot: 1, is: 'post-clone-hint' }],
    old: true,
    forks: 2,
    weight: 1,
    ageDays: 15,
  },
  {
    namespace: 'platform',
    name: 'mac-signing',
    agent: MACOS,
    toolboxes: [],
    oddities: [],
    snapshotPolicy: 'never',
    forks: 0,
    weight: 0,
    ageDays: 33,
  },
  {
    namespace: 'research',
    name: 'nightly-eval',
    agent: { ...LINUX, image: 'ubuntu-agent:24.04', resources: cpuAndMemory('2', '8Gi') },
    toolboxes: [],
    oddities: [{ slot: 0, is: 'hibernated' }],
    forks: 1,
    weight: 1,
    ageDays: 22,
  },
]

const TEAMS = ['research', 'finance', 'qa', 'platform', 'support', 'growth', 'legal', 'data'] as const
const TOPICS = [
  'crawler',
  'summarizer',
  'forecast',
  'regression',
  'onboarding',
  'translator',
  'labeling',
  'compliance',
  'reporting',
  'simulator',
  'scraper',
  'reviewer',
] as const
const BASES = [LINUX, LINUX, FIRECRACKER, LINUX, WINDOWS, ANDROID, LINUX, FIRECRACKER] as const

/** Further sets without a story, as many as anybody wants: `index` counts from the end of `TOLD_SETS`. */
export function plainSet(index: number): SetTemplate {
  const round = Math.floor(index / (TEAMS.length * TOPICS.length))
  const namespace = TEAMS[index % TEAMS.length] ?? 'platform'
  const topic = TOPICS[Math.floor(index / TEAMS.length) % TOPICS.length] ?? 'agent'
  return {
    namespace,
    name: round === 0 ? topic : `${topic}-${round + 1}`,
    agent: BASES[index % BASES.length] ?? LINUX,
    toolboxes: [],
    oddities: index % 4 === 1 ? [{ slot: 1, is: 'hibernated' }] : [],
    suspend: index % 9 === 8,
    forks: 1,
    weight: 1 + (index % 3),
    ageDays: 0.2 + ((index * 7) % 45),
  }
}
