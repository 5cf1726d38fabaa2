import type { Subresource } from './resource.ts'

const CONNECT = ['create', 'get']

/** What a pod's own node answers, through this server. */
export const POD_PROXY_SUBRESOURCES: readonly Subresource[] = [
  { name: 'attach', kind: 'PodAttachOptions', verbs: CONNECT },
  { name: 'exec', kind: 'PodExecOptions', verbs: CONNECT },
  { name: 'log', kind: 'Pod', verbs: ['get'] },
  { name: 'portforward', kind: 'PodPortForwardOptions', verbs: CONNECT },
]
