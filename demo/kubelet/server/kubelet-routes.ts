import { sayJson, sayPlainly, targetOf, type KubeletCall } from './kubelet-call.ts'
import { readLogs, tailOf } from './read-logs.ts'
import { serveAttach, serveExec } from './serve-exec.ts'
import { servePortForward } from './serve-port-forward.ts'
import { statsSummary } from './stats-summary.ts'

interface Route {
  methods: readonly string[]
  /** How many steps of the path follow the route's name. */
  steps: number
  serve: (call: KubeletCall) => void | Promise<void>
}

async function serveLogs(call: KubeletCall): Promise<void> {
  const target = targetOf(call)
  if (!target) return
  const text = await readLogs(target, tailOf(call.query))
  call.response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
  call.response.end(text)
}

const servePods = ({ nodes, response }: KubeletCall) =>
  sayJson(response, { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: nodes.pods() })

/** The kubelet's API as far as vk-cocoon has it (contract 6.6, 6.7). */
const ROUTES: Record<string, Route> = {
  healthz: {
    methods: ['GET'],
    steps: 0,
    serve: ({ response }) => void response.end('ok'),
  },
  pods: { methods: ['GET'], steps: 0, serve: servePods },
  runningpods: { methods: ['GET'], steps: 0, serve: servePods },
  'stats/summary': {
    methods: ['GET'],
    steps: 0,
    serve: ({ nodes, clock, response }) => sayJson(response, statsSummary(nodes.pods(), clock.now())),
  },
  containerLogs: { methods: ['GET'], steps: 3, serve: serveLogs },
  exec: { methods: ['GET', 'POST'], steps: 3, serve: serveExec },
  attach: { methods: ['GET', 'POST'], steps: 3, serve: serveAttach },
  portForward: { methods: ['GET', 'POST'], steps: 2, serve: servePortForward },
}

/** Answers one request of a caller that may make it. */
export async function serveKubelet(path: string, call: Omit<KubeletCall, 'steps'>): Promise<void> {
  const trimmed = path.replace(/^\/|\/$/g, '')
  const name = Object.hasOwn(ROUTES, trimmed) ? trimmed : (trimmed.split('/')[0] ?? '')
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined
  const steps = trimmed.slice(name.length).split('/').slice(1).map(decodeURIComponent)
  if (!route || steps.length !== route.steps) return sayPlainly(call.response, 404, '404 page not found')
  if (!route.methods.includes(call.request.method ?? '')) {
    return sayPlainly(call.response, 405, '405: Method Not Allowed')
  }
  return route.serve({ ...call, steps })
}
