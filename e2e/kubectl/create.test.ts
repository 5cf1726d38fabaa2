import { describe, expect, it } from 'vitest'
import { idleSet } from './support/manifests.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('create')

describe('kubectl create', () => {
  it.concurrent.for<[args: string, said: string]>([
    ['configmap plain --from-literal=a=b', 'configmap/plain created'],
    ['secret generic plain --from-literal=a=b', 'secret/plain created'],
    ['serviceaccount plain', 'serviceaccount/plain created'],
    ['role plain --verb=get --resource=pods,cocoonsets', 'role.rbac.authorization.k8s.io/plain created'],
    ['rolebinding plain --role=plain --user=eve', 'rolebinding.rbac.authorization.k8s.io/plain created'],
    ['quota plain --hard=pods=5', 'resourcequota/plain created'],
    ['service clusterip plain --tcp=80', 'service/plain created'],
    ['deployment plain --image=busybox:1', 'deployment.apps/plain created'],
    ['job plain --image=busybox:1', 'job.batch/plain created'],
    [
      'poddisruptionbudget plain --selector=a=b --min-available=1',
      'poddisruptionbudget.policy/plain created',
    ],
  ])('%s', async ([args, said]) => {
    expect(await here.ok(`create ${args}`)).toBe(said)
    const [kind = '', name = ''] = (said.split(' ')[0] ?? '').split('/')
    expect(await here.ok(`get ${kind} ${name} -o name`)).toBe(`${kind}/${name}`)
    expect(await here.refusal(`create ${args}`)).toMatch(
      /^(error: failed to create|Error from server).*"plain" already exists$/,
    )
  })

  it('keeps what it was given', async () => {
    await here.ok('create configmap kept --from-literal=a=b')
    expect(await here.ok('get configmap kept -o jsonpath={.data}')).toBe('{"a":"b"}')
    await here.ok('create secret generic kept --from-literal=a=b')
    expect(await here.ok('get secret kept -o jsonpath={.type},{.data}')).toBe('Opaque,{"a":"Yg=="}')
    await here.ok('create role kept --verb=get,list --resource=cocoonsets')
    expect(JSON.parse(await here.ok('get role kept -o jsonpath={.rules}'))).toEqual([
      { apiGroups: ['cocoonset.cocoonstack.io'], resources: ['cocoonsets'], verbs: ['get', 'list'] },
    ])
  })

  it('does not make what it is only to print', async () => {
    const printed = await here.ok('create configmap dry --from-literal=a=b --dry-run=client -o yaml')
    // Older kubectls print a time that is not there.
    expect(printed.replace('  creationTimestamp: null\n', '')).toBe(
      `apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: dry\n  namespace: ${here.name}`,
    )
    expect(await here.refusal('get configmap dry')).toBe(
      'Error from server (NotFound): configmaps "dry" not found',
    )
  })

  it('asks the server without making anything', async () => {
    expect(await here.ok('create configmap dry --dry-run=server')).toBe(
      'configmap/dry created (server dry run)',
    )
    const made = JSON.parse(await here.ok('create -f - --dry-run=server -o json', { stdin: idleSet('dry') }))
    expect(made.metadata.uid).toMatch(/^[0-9a-f-]{36}$/)
    expect(made.metadata.namespace).toBe(here.name)
    expect(made.spec.agent).toMatchObject({ os: 'linux', backend: 'cloud-hypervisor', replicas: 0 })
    expect(await here.ok('get configmap,cocoonset dry --ignore-not-found')).toBe('')
  })

  it('finds a role for what the cluster serves only', async () => {
    expect(await here.refusal('create role none --verb=get --resource=nosuch')).toBe(
      'the server doesn\'t have a resource type "nosuch"',
    )
  })
})

describe('kubectl create token', () => {
  it('gives a token of the account', async () => {
    await here.ok('create serviceaccount bot')
    const token = await here.ok('create token bot --duration=15m --audience=somebody')
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    expect(claims.sub).toBe(`system:serviceaccount:${here.name}:bot`)
    expect(claims.aud).toEqual(['somebody'])
    expect(claims.exp - claims.iat).toBe(900)
    expect(claims['kubernetes.io']).toMatchObject({ namespace: here.name, serviceaccount: { name: 'bot' } })
  })

  it('is refused for less than ten minutes or nobody', async () => {
    expect(await here.refusal('create token default --duration=1m')).toBe(
      'error: failed to create token: TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
    )
    expect(await here.refusal('create token none')).toBe(
      'error: failed to create token: serviceaccounts "none" not found',
    )
  })
})

describe('a namespace', () => {
  it('has an account and the certificate of the cluster from the beginning', async () => {
    expect(await here.ok('get serviceaccount default -o name')).toBe('serviceaccount/default')
    await here.ok('wait --for=create configmap/kube-root-ca.crt --timeout=20s')
    expect(await here.ok('get configmap kube-root-ca.crt -o jsonpath={.data.ca\\.crt}')).toContain(
      '-----BEGIN CERTIFICATE-----',
    )
    expect(await here.ok(`get namespace ${here.name} -o jsonpath={.metadata.labels}`)).toBe(
      `{"kubernetes.io/metadata.name":"${here.name}"}`,
    )
    expect(await here.ok(`get namespace ${here.name} -o jsonpath={.spec.finalizers},{.status.phase}`)).toBe(
      '["kubernetes"],Active',
    )
  })

  it('gets its account back', async () => {
    const uid = () => here.ok('get serviceaccount default -o jsonpath={.metadata.uid}')
    const before = await uid()
    await here.ok('delete serviceaccount default')
    await here.ok('wait --for=create serviceaccount/default --timeout=20s')
    expect(await uid()).not.toBe(before)
  })
})

describe('kubectl run', () => {
  it('makes a pod as the defaults of the server leave it', async () => {
    expect(await here.ok('run plain --image=busybox')).toBe('pod/plain created')
    const pod = JSON.parse(await here.ok('get pod plain -o json'))
    expect(pod.metadata).toMatchObject({ generation: 1, labels: { run: 'plain' } })
    expect(pod.spec).toMatchObject({
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      serviceAccount: 'default',
      serviceAccountName: 'default',
      terminationGracePeriodSeconds: 30,
    })
    const never = (key: string) => ({ effect: 'NoExecute', key, operator: 'Exists', tolerationSeconds: 300 })
    expect(pod.spec.tolerations).toEqual([
      never('node.kubernetes.io/not-ready'),
      never('node.kubernetes.io/unreachable'),
    ])
    const [volume] = pod.spec.volumes
    expect(volume.name).toMatch(/^kube-api-access-[a-z0-9]{5}$/)
    expect(pod.spec.containers).toEqual([
      {
        image: 'busybox',
        imagePullPolicy: 'Always',
        name: 'plain',
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        volumeMounts: [
          {
            mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
            name: volume.name,
            readOnly: true,
          },
        ],
      },
    ])
    expect(pod.status.qosClass).toBe('BestEffort')
    expect(await here.refusal('run plain --image=busybox')).toBe(
      'Error from server (AlreadyExists): pods "plain" already exists',
    )
  })
})
