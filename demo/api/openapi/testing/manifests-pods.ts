import type { Fields, Manifest } from './manifest.ts'
import { inNamespace, podOf, tried, withContainer } from './manifest.ts'

const PODS_PATH = inNamespace('pods')
const pod = (name: string, spec: Fields, metadata: Fields = {}) =>
  tried(`pod: ${name}`, PODS_PATH, podOf(spec, metadata))
const container = (name: string, fields: Fields, spec: Fields = {}) =>
  tried(`container: ${name}`, PODS_PATH, withContainer(fields, spec))
const main = (fields: Fields) => ({ name: 'a', image: 'i:1', ...fields })
const resources = (name: string, fields: Fields) => container(`resources: ${name}`, { resources: fields })
const probe = (name: string, fields: Fields) => container(`probe: ${name}`, { livenessProbe: fields })
const volume = (name: string, fields: Fields, mounts: Fields[] = []) =>
  container(`volume: ${name}`, { volumeMounts: mounts }, { volumes: [{ name: 'v', ...fields }] })

/** Pods that are refused, most of them. */
export const PODS: readonly Manifest[] = [
  pod('no containers', { containers: [] }),
  pod('containers without name and image', { containers: [{}] }),
  pod('container names', {
    containers: [main({}), main({}), main({ name: 'B_' }), main({ name: 'x'.repeat(64) })],
  }),
  pod('init containers', {
    initContainers: [
      main({}),
      { name: 'c' },
      main({ name: 'd', restartPolicy: 'Never', livenessProbe: { exec: {} } }),
    ],
  }),
  pod('policies', { restartPolicy: 'Sometimes', dnsPolicy: 'Mine' }),
  pod('negative seconds', { terminationGracePeriodSeconds: -5, activeDeadlineSeconds: 0 }),
  pod('names of others', {
    serviceAccountName: 'default',
    nodeName: 'A_',
    hostname: 'A.b',
    subdomain: 'A_',
    schedulerName: 'a b',
  }),
  pod('missing service account', { serviceAccountName: 'nope' }),
  pod('missing priority class', { priorityClassName: 'nope' }),
  pod('priority by hand', { priority: 5 }),
  pod('node selector', { nodeSelector: { 'a b': 'c', d: '-' } }),
  pod('tolerations', {
    tolerations: [
      { operator: 'Equal', value: 'x' },
      { key: 'a', operator: 'Exists', value: 'x' },
      { key: 'b', operator: 'Near' },
      { key: 'c', effect: 'NoSuch' },
      { key: 'd', effect: 'NoSchedule', tolerationSeconds: 5 },
      { key: 'e f' },
    ],
  }),
  pod('host network and ports', {
    hostNetwork: true,
    containers: [main({ ports: [{ containerPort: 80, hostPort: 81 }] })],
  }),
  pod('DNS', { dnsPolicy: 'None' }),
  pod('DNS servers', {
    dnsConfig: { nameservers: ['x', '1.1.1.1'], searches: ['a b'], options: [{ value: 'x' }] },
  }),
  pod('host aliases', { hostAliases: [{ ip: 'x', hostnames: ['A_'] }] }),
  pod('pull secrets', { imagePullSecrets: [{}] }),
  pod('affinity', {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'a', operator: 'In' },
                { key: 'b', operator: 'Near' },
              ],
            },
          ],
        },
      },
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: '' }] },
    },
  }),
  pod('topology spread', {
    topologySpreadConstraints: [{ maxSkew: 0, topologyKey: '', whenUnsatisfiable: 'Now' }],
  }),
  pod('security context', { securityContext: { runAsUser: -1, fsGroup: -2, sysctls: [{ name: 'A b' }] } }),
  pod('readiness gates', { readinessGates: [{ conditionType: 'a b' }] }),
  pod('ephemeral containers', { ephemeralContainers: [main({ name: 'e' })] }),
  container('image with blanks', { image: ' i ' }),
  container('policies', {
    imagePullPolicy: 'Perhaps',
    terminationMessagePolicy: 'None',
    terminationMessagePath: '',
  }),
  container('ports', {
    ports: [
      { containerPort: 0 },
      { containerPort: 70000, hostPort: -1 },
      { containerPort: 80, protocol: 'FTP', name: 'UPPER' },
      { containerPort: 81, name: 'http' },
      { containerPort: 82, name: 'http', hostPort: 82 },
      { containerPort: 83, hostPort: 82, hostIP: 'x' },
      { containerPort: 84, name: 'a-name-that-is-too-long' },
    ],
  }),
  container('environment', {
    env: [
      { name: '' },
      { name: '1=2' },
      { name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'B', valueFrom: {} },
      { name: 'C', valueFrom: { fieldRef: { fieldPath: 'metadata.age' } } },
      { name: 'D', valueFrom: { secretKeyRef: { name: '', key: '' } } },
      { name: 'E', valueFrom: { configMapKeyRef: { name: 'x', key: 'a b' } } },
      { name: 'F', valueFrom: { resourceFieldRef: { resource: 'limits.gold' } } },
      { name: 'G', valueFrom: { fieldRef: { fieldPath: 'a' }, secretKeyRef: { name: 'a', key: 'b' } } },
      { name: 'H', valueFrom: { fieldRef: { fieldPath: "metadata.labels['a b']" } } },
    ],
  }),
  container('environment from', {
    envFrom: [
      {},
      { prefix: '=', configMapRef: { name: '' } },
      { configMapRef: { name: 'a' }, secretRef: { name: 'b' } },
    ],
  }),
  resources('limits below requests', {
    limits: { cpu: '1', memory: '1Gi' },
    requests: { cpu: '2', memory: '2Gi' },
  }),
  resources('negative', { limits: { cpu: '-1' }, requests: { memory: '-1Mi' } }),
  resources('names', { limits: { gold: '1', 'example.com/gpu': '1', 'A_/b': '1', '': '1' } }),
  resources('extended ones', { limits: { 'example.com/gpu': '1.5' }, requests: { 'example.com/tpu': '1' } }),
  resources('hugepages alone', { limits: { 'hugepages-2Mi': '2Mi' } }),
  resources('fractions of a byte', { requests: { memory: '0.5', cpu: '0.0001' } }),
  probe('no handler', {}),
  probe('two handlers', { exec: { command: ['x'] }, tcpSocket: { port: 80 } }),
  probe('exec without command', { exec: {} }),
  probe('http', { httpGet: { port: 0, scheme: 'FTP', path: '', httpHeaders: [{ name: 'a b' }] } }),
  probe('port names', { tcpSocket: { port: 'UPPER_' } }),
  probe('numbers', {
    exec: { command: ['x'] },
    initialDelaySeconds: -1,
    timeoutSeconds: -1,
    periodSeconds: -1,
    failureThreshold: -1,
    successThreshold: 2,
  }),
  probe('grpc', { grpc: { port: 0 } }),
  container('lifecycle', {
    lifecycle: { postStart: {}, preStop: { exec: { command: ['x'] }, tcpSocket: { port: 1 } } },
  }),
  container('security context', {
    securityContext: { allowPrivilegeEscalation: false, runAsUser: -1, procMount: 'Some' },
  }),
  container('resize policy', {
    resizePolicy: [
      { resourceName: 'disk', restartPolicy: 'Never' },
      { resourceName: 'cpu', restartPolicy: 'NotRequired' },
    ],
  }),
  container('restart policy', { restartPolicy: 'Sometimes' }),
  container(
    'mounts',
    {
      volumeMounts: [
        { name: 'nope', mountPath: '/a' },
        { name: '', mountPath: '' },
        { name: 'v', mountPath: '/a', subPath: '../x' },
        { name: 'v', mountPath: '/b:c', mountPropagation: 'Both' },
      ],
    },
    { volumes: [{ name: 'v', emptyDir: {} }] },
  ),
  pod('volume names', {
    volumes: [
      { name: '', emptyDir: {} },
      { name: 'A_', emptyDir: {} },
      { name: 'a', emptyDir: {} },
      { name: 'a', emptyDir: {} },
    ],
  }),
  volume('two sources', { emptyDir: {}, hostPath: { path: '/x' } }),
  volume('no source', {}),
  volume('config map', {
    configMap: {
      name: '',
      defaultMode: 1000,
      items: [
        { key: '', path: '/abs' },
        { key: 'a', path: '..' },
      ],
    },
  }),
  volume('secret', { secret: { items: [{ key: 'a', path: 'b', mode: -1 }] } }),
  volume('host path', { hostPath: { path: '', type: 'Odd' } }),
  volume('empty dir', { emptyDir: { sizeLimit: '-1', medium: 'HugePages-2Mi' } }),
  volume('claim', { persistentVolumeClaim: { claimName: '' } }),
  volume('downward API', {
    downwardAPI: { items: [{ path: 'a' }, { path: '/x', fieldRef: { fieldPath: 'spec.nodeName' } }] },
  }),
  volume('projected', {
    projected: {
      sources: [{}, { serviceAccountToken: { path: '', expirationSeconds: 5 } }, { secret: { name: '' } }],
    },
  }),
  volume('nfs', { nfs: { server: '', path: 'x' } }),
  volume('csi', { csi: { driver: '' } }),
]
