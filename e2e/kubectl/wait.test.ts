import { beforeAll, describe, expect, it } from 'vitest'
import { configMap, idlePod, stream } from './support/manifests.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('wait')
beforeAll(async () => {
  await here.create(stream(idlePod('a'), idlePod('waker'), configMap('leaving'), idlePod('b')))
})

describe('kubectl wait', () => {
  it.concurrent.for<[args: string, said: string]>([
    ['--for=create pod/a', 'pod/a condition met'],
    ['--for=jsonpath={.status.phase}=Pending pod/a', 'pod/a condition met'],
    ['--for=jsonpath={.status.phase} pod/a', 'pod/a condition met'],
    ['--for=jsonpath={.metadata.name}=a pods a', 'pod/a condition met'],
    ['--for=delete pod/zz --timeout=5s', ''],
  ])('%s', async ([args, said]) => {
    expect(await here.ok(`wait ${args}`)).toBe(said)
  })

  it.concurrent.for<[args: string, complaint: string]>([
    ['--for=condition=Ready pod/a --timeout=1s', 'error: timed out waiting for the condition on pods/a'],
    [
      '--for=jsonpath={.status.phase}=Failed pod/a --timeout=1s',
      'error: timed out waiting for the condition on pods/a',
    ],
    ['--for=delete pod/a --timeout=1s', 'error: timed out waiting for the condition on pods/a'],
    ['--for=create pod/zz --timeout=1s', 'error: timed out waiting for the condition'],
    ['--for=condition=Ready pod/zz --timeout=1s', 'Error from server (NotFound): pods "zz" not found'],
    ['--for=condition=Ready pod -l no=ne --timeout=1s', 'error: no matching resources found'],
    ['--for=strange pod/a', 'error: unrecognized condition: "strange"'],
  ])('ends in vain: %s', async ([args, complaint]) => {
    expect(await here.refusal(`wait ${args}`)).toBe(complaint)
  })

  it('ends when the condition comes', async () => {
    const waiting = here.ok('wait --for=condition=Ready pod/waker --timeout=30s')
    const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
    await here.ok(['patch', 'pod', 'waker', '--subresource=status', '-p', JSON.stringify({ status })])
    expect(await waiting).toBe('pod/waker condition met')
  })

  it('ends when the object goes', async () => {
    // Its requests are told so that we know when it watches.
    const waiting = here.start('wait --for=delete configmap/leaving --timeout=30s -v=6')
    await expect.poll(waiting.stderr, { timeout: 20_000 }).toContain('watch=true')
    await here.ok('delete configmap leaving')
    expect((await waiting.ended).stdout).toBe('configmap/leaving condition met\n')
  })

  it('ends when the object comes', async () => {
    const waiting = here.ok('wait --for=create configmap/coming --timeout=30s')
    await here.create(configMap('coming'))
    expect(await waiting).toBe('configmap/coming condition met')
  })

  it('ends when all have it', async () => {
    const waiting = here.ok('wait --for=jsonpath={.status.reason}=Touched pod/a pod/b --timeout=30s')
    for (const pod of ['a', 'b']) {
      const status = '{"status":{"reason":"Touched"}}'
      await here.ok(['patch', 'pod', pod, '--subresource=status', '--type=merge', '-p', status])
    }
    expect(await waiting).toBe('pod/a condition met\npod/b condition met')
  })
})
