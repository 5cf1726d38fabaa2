import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WATCHED_RESOURCES } from '../lib/fleet/freshness.ts'
import type { WatchedResource } from '../lib/fleet/freshness.ts'
import { watchedResource } from '../lib/kube/resource.ts'
import { kubeconfigText } from '../demo/kubeconfig.ts'
import { bigPods } from './big-pods.ts'

/**
 * The API server of the fill row, a process of its own. Its answers are bytes made beforehand: it shares the
 * cores with the client that is measured, and should take as little of them as it can. Lists are one page.
 */
const VERSION = '20000'
const texts = bigPods(Number(process.argv[2] ?? 10_000)).map((pod) => JSON.stringify(pod))

interface Answers {
  list: Buffer
  /** A watch that begins with the list, up to the bookmark that ends it. */
  stream: Buffer
}

function answersOf(objects: readonly string[]): Answers {
  const annotations = { 'k8s.io/initial-events-end': 'true' }
  const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: VERSION, annotations } } }
  const events = objects.map((text) => `{"type":"ADDED","object":${text}}\n`)
  const head = `{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"${VERSION}"},"items":[`
  return {
    list: Buffer.from(`${head}${objects.join(',')}]}`),
    stream: Buffer.from(`${events.join('')}${JSON.stringify(bookmark)}\n`),
  }
}

const pods = answersOf(texts)
const nothing = answersOf([])
const answers: Record<WatchedResource, Answers> = {
  pods,
  cocoonsets: nothing,
  cocoonhibernations: nothing,
  nodes: nothing,
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const resource = WATCHED_RESOURCES.find((name) => watchedResource(name).path === pathname)
  if (resource === undefined) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  if (searchParams.get('watch') !== 'true') response.end(answers[resource].list)
  else if (searchParams.get('sendInitialEvents') === 'true') response.write(answers[resource].stream)
  else response.flushHeaders()
})
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const bytes = texts.reduce((sum, text) => sum + text.length, 0)
  process.send?.({ kubeconfig: kubeconfigText({ server: url, token: 'bench' }), bytes })
})
process.on('disconnect', () => process.exit(0))
