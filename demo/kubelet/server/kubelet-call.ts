import type { IncomingMessage, ServerResponse } from 'node:http'
import type { UpgradeResponse } from '../../api/upgrade-response.ts'
import type { Clock } from '../../clock.ts'
import type { Nodes, Target } from './target.ts'

/** One request to the kubelet, from a caller that may make it. */
export interface KubeletCall {
  nodes: Nodes
  clock: Clock
  /** The path below the route's own name. */
  steps: readonly string[]
  query: URLSearchParams
  request: IncomingMessage
  response: ServerResponse
  /** Set when the caller asks for another protocol. */
  upgrade: UpgradeResponse | undefined
}

/** Answers in plain text, as Go's http.Error does. */
export function sayPlainly(response: ServerResponse, code: number, text: string): void {
  response.writeHead(code, {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
  })
  response.end(`${text}\n`)
}

export function sayJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** The pod that the path names; answers 404 itself when there is none here. */
export function targetOf({ nodes, steps, response }: KubeletCall): Target | undefined {
  const [namespace = '', name = ''] = steps
  const target = nodes.find(namespace, name)
  if (!target) sayPlainly(response, 404, `pod "${name}" does not exist`)
  return target
}
