import type { Fields, Manifest } from './manifest.ts'
import { inNamespace, podOf, tried } from './manifest.ts'

const PODS_PATH = inNamespace('pods')
const main = (fields: Fields) => ({ name: 'a', image: 'i:1', ...fields })
const accepted = (name: string, spec: Fields, metadata: Fields = {}) =>
  tried(`defaults: ${name}`, PODS_PATH, podOf(spec, metadata))

/** Pods that are accepted: what the server makes of them. */
export const POD_DEFAULTS: readonly Manifest[] = [
  accepted('least', {}),
  accepted('images', {
    containers: [
      main({ image: 'i' }),
      main({ name: 'b', image: 'i:latest' }),
      main({ name: 'c', image: 'r.io:5000/i' }),
      main({ name: 'd', image: 'i@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef' }),
    ],
    initContainers: [main({ name: 'e', restartPolicy: 'Always' })],
  }),
  accepted('probes', {
    containers: [
      main({
        livenessProbe: { httpGet: { port: 80 } },
        readinessProbe: { tcpSocket: { port: 'http' }, periodSeconds: 3 },
        startupProbe: { grpc: { port: 9000 } },
        lifecycle: { preStop: { httpGet: { port: 80 } } },
        ports: [{ containerPort: 80, name: 'http' }],
      }),
    ],
  }),
  accepted('resources', {
    containers: [
      main({ resources: { limits: { cpu: '1000m', memory: '1024Mi' } } }),
      main({
        name: 'b',
        resources: { limits: { cpu: 2 }, requests: { cpu: 0.5, 'ephemeral-storage': '1e3' } },
      }),
    ],
  }),
  accepted('guaranteed', { containers: [main({ resources: { limits: { cpu: '1', memory: '1Gi' } } })] }),
  accepted('burstable', { containers: [main({ resources: { requests: { cpu: '100m' } } })] }),
  accepted('volumes', {
    volumes: [
      { name: 'none' },
      { name: 'config', configMap: { name: 'x' } },
      { name: 'secret', secret: { secretName: 'x' } },
      { name: 'downward', downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.name' } }] } },
      {
        name: 'projected',
        projected: { sources: [{ serviceAccountToken: { path: 'token' } }, { configMap: { name: 'x' } }] },
      },
      { name: 'host', hostPath: { path: '/x' } },
      { name: 'claim', persistentVolumeClaim: { claimName: 'x' } },
      { name: 'empty', emptyDir: { sizeLimit: '0.5Gi' } },
    ],
  }),
  accepted('environment', {
    containers: [
      main({
        env: [
          { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'B', value: '' },
          { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
        ],
        envFrom: [{ configMapRef: { name: 'x' } }],
      }),
    ],
  }),
  accepted('host network', {
    hostNetwork: true,
    containers: [main({ ports: [{ containerPort: 80 }] })],
    securityContext: { runAsNonRoot: true },
  }),
  accepted('zero values', {
    hostNetwork: false,
    hostPID: false,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 0,
    nodeName: '',
    tolerations: [],
    containers: [main({ args: [], tty: false, env: [] })],
  }),
  accepted('negative grace', { terminationGracePeriodSeconds: -1 }),
  accepted('tolerations', {
    tolerations: [{ operator: 'Exists' }, { key: 'a', value: 'b', effect: 'NoSchedule' }],
  }),
  accepted('affinity', {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 5, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } },
        ],
      },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { a: 'b' } },
      },
    ],
  }),
  accepted('security context', {
    containers: [main({ securityContext: { privileged: false, capabilities: { add: ['NET_ADMIN'] } } })],
    hostUsers: true,
  }),
  accepted(
    'status and metadata',
    {},
    { generateName: 'x-', labels: { a: '' }, annotations: {}, ownerReferences: [] },
  ),
]
