import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Running } from './support/kubectl.ts'
import { configMap, idlePod, idleSet } from './support/manifests.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('watch')

function watching(args: string): Running {
  const watch = here.start(args)
  onTestFinished(async () => {
    await watch.stop()
  })
  return watch
}
const PATIENCE = { timeout: 20_000, interval: 20 }

describe('kubectl get --watch', () => {
  it('shows what is there, then what changes', async () => {
    await here.create(idlePod('a'))
    const watch = watching('get pods -w')
    await expect.poll(watch.stdout, PATIENCE).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\na +0\/1 +Pending/)
    await here.create(idlePod('b'))
    await expect.poll(watch.stdout, PATIENCE).toMatch(/\nb +0\/1 +Pending/)
    const status = '{"status":{"phase":"Running"}}'
    await here.ok(['patch', 'pod', 'a', '--subresource=status', '--type=merge', '-p', status])
    await expect.poll(watch.stdout, PATIENCE).toMatch(/\na +0\/1 +Running/)
  })

  it('follows one object until it is gone', async () => {
    await here.create(configMap('one', { a: '1' }))
    const watch = watching('get configmap one --watch --output-watch-events')
    await expect.poll(watch.stdout, PATIENCE).toMatch(/ADDED +one +1 /)
    await here.ok(['patch', 'configmap', 'one', '--type=merge', '-p', '{"data":{"b":"2"}}'])
    await expect.poll(watch.stdout, PATIENCE).toMatch(/MODIFIED +one +2 /)
    await here.ok('delete configmap one')
    await expect.poll(watch.stdout, PATIENCE).toMatch(/DELETED +one +2 /)
  })

  it('shows only what is new', async () => {
    await here.create(configMap('old', {}, { labels: { only: 'new' } }))
    const watch = watching('get configmaps -l only=new --watch-only --output-watch-events --no-headers')
    // The watch has begun once it answers to a change.
    await vi.waitFor(
      async () => {
        await here.ok('label configmap old touched=yes --overwrite')
        await here.ok('label configmap old touched-')
        expect(watch.stdout()).toContain('MODIFIED')
      },
      { timeout: 20_000 },
    )
    expect(watch.stdout()).not.toContain('ADDED')
    await here.create(configMap('new', {}, { labels: { only: 'new' } }))
    await expect.poll(watch.stdout, PATIENCE).toMatch(/ADDED +new /)
  })

  it('sees objects enter and leave a selector', async () => {
    await here.create(configMap('passer'))
    const watch = watching('get configmaps -l inside --watch --output-watch-events --no-headers')
    await vi.waitFor(
      async () => {
        await here.ok('label configmap passer inside=1 --overwrite')
        await here.ok('label configmap passer inside-')
        expect(watch.stdout()).toMatch(/ADDED +passer .*\nDELETED +passer /)
      },
      { timeout: 20_000 },
    )
  })

  it('shows a CocoonSet come to its phase', async () => {
    await here.create(idleSet('web'))
    const watch = watching('get cocoonsets -w')
    await expect.poll(watch.stdout, PATIENCE).toMatch(/^NAME +PHASE +READY +DESIRED +AGE\nweb /)
    await expect.poll(watch.stdout, PATIENCE).toMatch(/\nweb +Pending +0 +1 /)
  })

  it('prints JSON, one object after the other', async () => {
    await here.create(configMap('json'))
    const watch = watching('get configmap json -w -o jsonpath={.metadata.name}={.data.a};')
    await expect.poll(watch.stdout, PATIENCE).toMatch(/json=;/)
    await here.ok(['patch', 'configmap', 'json', '--type=merge', '-p', '{"data":{"a":"2"}}'])
    await expect.poll(watch.stdout, PATIENCE).toMatch(/json=;json=2;/)
  })
})
