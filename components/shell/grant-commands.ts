import type { WatchedResource } from '../../lib/fleet/freshness.ts'
import { RESOURCE_WORDS } from './resource-words.ts'

/**
 * The commands that let the dashboard's identity read a resource. NAMESPACE:NAME stays to be filled in,
 * because the dashboard does not know who it is to the cluster.
 */
export function grantCommands(resource: WatchedResource): string {
  const role = `cocoon-dashboard-${resource}`
  return [
    `kubectl create clusterrole ${role} \\`,
    `  --verb=get,list,watch --resource=${RESOURCE_WORDS[resource].resource}`,
    `kubectl create clusterrolebinding ${role} \\`,
    `  --clusterrole=${role} --serviceaccount=NAMESPACE:NAME`,
  ].join('\n')
}

/** Stands for whoever is not named: an administrator fills it in. */
export const SOMEBODY = '--user=USER'

/**
 * The commands that let somebody list a resource: nodes are of no namespace, the rest may be granted in one. `subject`
 * is how kubectl is told of them, as `--user=vera`.
 */
export function grantYouCommands(resource: WatchedResource, subject = SOMEBODY): string {
  const role = `cocoon-${resource}`
  const kind = resource === 'nodes' ? 'clusterrolebinding' : 'rolebinding'
  return [
    `kubectl create clusterrole ${role} \\`,
    `  --verb=get,list,watch --resource=${RESOURCE_WORDS[resource].resource}`,
    `kubectl create ${kind} ${role} \\`,
    `  --clusterrole=${role} \\`,
    resource === 'nodes' ? `  ${subject}` : `  ${subject} --namespace=NAMESPACE`,
  ].join('\n')
}

/** The commands that let somebody look at the VMs of one namespace, by the role that our manifests have. */
export function grantTeamCommands(subject = SOMEBODY): string {
  const resources = (['pods', 'cocoonsets', 'cocoonhibernations'] as const)
    .map((name) => `  --resource=${RESOURCE_WORDS[name].resource}`)
    .join(' \\\n')
  return [
    '# once, unless the role is there already',
    'kubectl create clusterrole cocoon-team-viewer \\',
    '  --verb=get,list,watch \\',
    resources,
    '# for each namespace',
    'kubectl create rolebinding cocoon-team-viewer \\',
    '  --clusterrole=cocoon-team-viewer \\',
    `  ${subject} --namespace=NAMESPACE`,
  ].join('\n')
}

/** The command that tells whether a resource is installed. */
export function installedCommand(resource: WatchedResource): string {
  return `kubectl get crd ${RESOURCE_WORDS[resource].resource}`
}
