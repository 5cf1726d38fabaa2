type Fields = Record<string, unknown>

export interface Marks {
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: readonly string[]
}

/** A pod that no scheduler takes, so that it stays as it was made. */
export const idlePod = (name: string, marks: Marks = {}, spec: Fields = {}) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...marks },
    spec: { schedulerName: 'nobody', containers: [{ name: 'main', image: 'busybox:1' }], ...spec },
  })

export const configMap = (name: string, data: Record<string, string> = {}, marks: Marks = {}) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...marks }, data })

/** A set whose main agent finds no node, so that it stays Pending. */
export const idleSet = (name: string, spec: Fields = {}) =>
  JSON.stringify({
    apiVersion: 'cocoonset.cocoonstack.io/v1',
    kind: 'CocoonSet',
    metadata: { name },
    spec: { nodePool: 'nowhere', agent: { image: 'ubuntu:24.04', mode: 'run' }, ...spec },
  })

export const hibernation = (pod: string, desire: 'Hibernate' | 'Wake') =>
  JSON.stringify({
    apiVersion: 'cocoonset.cocoonstack.io/v1',
    kind: 'CocoonHibernation',
    metadata: { name: pod },
    spec: { podRef: { name: pod }, desire },
  })

/** Several objects as one stream of JSON. */
export const stream = (...manifests: readonly string[]) => manifests.join('\n')
