import type { VkGeneration } from '../vk-generation.ts'

/** How a generation of vk-cocoon reaches into its guests (contract 6.7). */
export interface GuestAccess {
  /** SSH joins argv for a shell, and loses exit codes on the way back; the agent runs argv as it is. */
  exec: 'ssh' | 'agent'
  /** Logs are the guest's journal, read over SSH, or what the hypervisor saw on the console. */
  logs: 'journal' | 'console'
  windowsExec: boolean
  windowsLogs: boolean
}

export const GUEST_ACCESS: Record<VkGeneration, GuestAccess> = {
  old: { exec: 'ssh', logs: 'journal', windowsExec: false, windowsLogs: false },
  mid: { exec: 'agent', logs: 'console', windowsExec: false, windowsLogs: false },
  new: { exec: 'agent', logs: 'console', windowsExec: true, windowsLogs: true },
}

export const noWindowsExec = (ip: string) =>
  `vk-cocoon: kubectl exec is not supported on Windows guests. Connect via RDP to ${ip}.\n`
export const noWindowsLogs = (ip: string) =>
  `vk-cocoon: kubectl logs is not supported on Windows guests; connect via RDP to ${ip}\n`
export const NO_LIVE_VM = 'vk-cocoon: pod has no live VM\n'
export const NO_ATTACH = 'vk-cocoon: AttachToContainer is not implemented'
export const NO_PORT_FORWARD = 'vk-cocoon: PortForward is not implemented'
