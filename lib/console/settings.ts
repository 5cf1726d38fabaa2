import type { Environment } from '../process/environment.ts'
import type { Allowance } from './target/target-policy.ts'
import { DEFAULT_NETWORKS, DEFAULT_PORTS } from './target/target-policy.ts'

export interface ConsoleSettings {
  /** Where the dashboard's pages are, as `https://cocoon.example`; empty where they are at localhost only. */
  publicOrigins: readonly string[]
  allowances: readonly Allowance[]
  limits: ConsoleLimits
  /** The shell of terminals, by its path; '' for the best that a guest has. */
  terminalShell: string
  /** Of the VNC servers of which pictures are taken; '' when none is configured. */
  screenPassword: string
}

export interface ConsoleLimits {
  perUser: number
  total: number
  /** A console in which nothing moved for so long (ms) is closed; 0 for never. */
  idleMs: number
  /** No console is open for longer (ms); 0 for as long as somebody likes. */
  longestMs: number
}

const MINUTE = 60_000

/**
 * The configuration of the consoles. The embedded cluster's VMs have addresses that are somebody's else in the real
 * network, so there nothing but its own desktops may be dialled, unless networks are listed.
 */
export function consoleSettings(env: Environment, own: Allowance | null): ConsoleSettings {
  const ports = env.CONSOLE_ALLOWED_PORTS ?? DEFAULT_PORTS
  const networks = env.CONSOLE_ALLOWED_CIDRS ?? (own === null ? DEFAULT_NETWORKS : [])
  return {
    publicOrigins: env.PUBLIC_ORIGIN ?? [],
    screenPassword: env.SCREENS_VNC_PASSWORD,
    allowances: [...(own === null ? [] : [own]), { networks, ports }],
    terminalShell: env.TERMINAL_SHELL,
    limits: {
      perUser: env.CONSOLES_PER_USER,
      total: env.CONSOLES_TOTAL,
      idleMs: env.CONSOLE_IDLE_MINUTES * MINUTE,
      longestMs: env.CONSOLE_LONGEST_MINUTES * MINUTE,
    },
  }
}
