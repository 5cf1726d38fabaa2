import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { loadClusterConfig } from './cluster-config.ts'
import type { ClusterConfig, ConfigSource } from './cluster-config.ts'

/** The variables that decide which cluster is shown. */
export interface ClusterVariables {
  CLUSTER: 'auto' | 'demo' | 'kube'
  KUBECONFIG?: string | undefined
  HOME?: string | undefined
  KUBERNETES_SERVICE_HOST?: string | undefined
}

/** Either a cluster with its configuration, or the embedded one with the reason for it in words. */
export type ClusterChoice = { kind: 'kube'; config: ClusterConfig } | { kind: 'demo'; because: string }

const words = (error: unknown) => (error instanceof Error ? error.message : String(error))

interface Candidate {
  source: ConfigSource
  /** Somebody named it, so a fault in it is an error and not a reason to look further. */
  explicit: boolean
}

function candidates(variables: ClusterVariables): Candidate[] {
  const { KUBECONFIG, HOME, KUBERNETES_SERVICE_HOST } = variables
  if (KUBECONFIG) {
    const paths = KUBECONFIG.split(delimiter).filter((path) => path !== '')
    return [{ source: { kind: 'files', paths }, explicit: true }]
  }
  const found: Candidate[] = []
  const home = HOME ? join(HOME, '.kube', 'config') : ''
  if (home !== '' && existsSync(home)) {
    found.push({ source: { kind: 'files', paths: [home] }, explicit: false })
  }
  if (KUBERNETES_SERVICE_HOST) found.push({ source: { kind: 'in-cluster' }, explicit: false })
  return found
}

/**
 * Decides which cluster to show: KUBECONFIG, ~/.kube/config, the pod's own account, else the embedded one.
 * @throws Error of one sentence when CLUSTER=kube finds no usable configuration, or KUBECONFIG names a bad one.
 */
export function chooseCluster(variables: ClusterVariables): ClusterChoice {
  if (variables.CLUSTER === 'demo') return { kind: 'demo', because: 'CLUSTER=demo' }
  const reasons: string[] = []
  for (const { source, explicit } of candidates(variables)) {
    try {
      return { kind: 'kube', config: loadClusterConfig(source) }
    } catch (error) {
      if (explicit) {
        const advice = 'Correct it, or set CLUSTER=demo for the embedded cluster.'
        throw new Error(`KUBECONFIG cannot be used: ${words(error)}. ${advice}`, { cause: error })
      }
      reasons.push(words(error))
    }
  }
  const why = reasons.length > 0 ? reasons.join('; ') : 'no KUBECONFIG, no ~/.kube/config and no pod account'
  if (variables.CLUSTER === 'kube') {
    throw new Error(
      `CLUSTER=kube finds no cluster: ${why}. Set KUBECONFIG, or CLUSTER=demo for the embedded one.`,
    )
  }
  return { kind: 'demo', because: why }
}
